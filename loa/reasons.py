"""Why the system has refused to read, write or run something, in Vietnamese. Like ``messages``."""

from __future__ import annotations

import errno

# What systems say in English.
_REASONS = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không được phép",
    errno.EISDIR: "đây là thư mục, không phải là tệp",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.EEXIST: "đã có tệp hoặc thư mục tên này",
    errno.ENOTEMPTY: "thư mục không trống",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "hết hạn mức đĩa",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.EIO: "lỗi đọc ghi của đĩa",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "các liên kết dẫn vòng quanh",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
    errno.EXDEV: "hai thư mục ở hai đĩa khác nhau",
    errno.ETXTBSY: "tệp đang chạy",
    errno.ENOEXEC: "không phải là chương trình chạy được",
    errno.ENOMEM: "hết bộ nhớ",
}


def reason(error: OSError) -> str:
    """Why the system has refused; in its own words where we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
