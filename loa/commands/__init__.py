"""The commands: ``python build.py NAME``, a module each; ``build`` is the one without a name.

Each has ``DESCRIPTION`` and ``EPILOG`` for its help, ``configure(parser)`` for its arguments and ``run(options)``,
which returns the exit code. What they print is for editors; what they raise, ``cli`` turns into a sentence.
"""
