"""The benchmark: a corpus, equal sites for Loa and its peers, and what measures them. See README.md beside this."""
