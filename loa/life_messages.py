"""What the tool says of the life of an entry, and of categories and units that it outlives."""

from __future__ import annotations

from collections.abc import Sequence

from loa.errors import Words


def expires_before_published() -> Words:
    return Words("Bài hết hạn trước khi được đăng.", "Sửa lại expires, hoặc date và publish_at.")


def pinned_before_published() -> Words:
    return Words("Bài hết ghim trước khi được đăng.", "Sửa lại pinned, hoặc date và publish_at.")


def link_to_withdrawn(value: str) -> Words:
    return Words(f'Liên kết "{value}" dẫn đến bài đã gỡ.', "Dẫn đến bài khác, hoặc bỏ liên kết.")


def alert_to_expired(value: str) -> Words:
    return Words(
        f'Thông báo khẩn dẫn đến bài đã hết hạn: "{value}".', "Sửa link trong [alert], hoặc lùi expires của bài."
    )


def corrected_before_published() -> Words:
    return Words("Ngày đính chính sớm hơn ngày đăng.", "Sửa lại date trong corrections hoặc date của bài.")


def withdrawn_before_published() -> Words:
    return Words("Ngày gỡ bài sớm hơn ngày đăng.", "Sửa lại date trong withdrawn hoặc date của bài.")


def not_yet_corrected() -> Words:
    return Words("Ngày đính chính chưa đến.", "Ghi thời điểm đã sửa bài; nếu năm, tháng bị gõ nhầm thì sửa lại.")


def not_yet_withdrawn() -> Words:
    return Words(
        "Ngày gỡ bài chưa đến.",
        "Ghi thời điểm gỡ bài; muốn hẹn ngày bài không còn trong danh sách thì dùng expires.",
    )


def appears_on_another_day(day: str, own: str) -> Words:
    return Words(
        f"Bài sẽ hiện từ {day} nhưng mang ngày {own}, nên sẽ nằm dưới các tin đăng trong thời gian đó.",
        "Sửa date cho khớp, hoặc bỏ date: ngày đăng khi đó là publish_at.",
    )


def entry_lost(urls: Sequence[str]) -> Words:
    shown = ", ".join(urls)
    return Words(
        f"Tệp không còn, nhưng bài đã đăng ở địa chỉ {shown}.",
        "Khôi phục tệp và ghi withdrawn (ngày, ai quyết định, lý do) để trang báo đã gỡ; "
        f"hoặc ghi aliases: [{shown}] vào bài thay thế; "
        f"hoặc, nếu không được để lại gì, ghi vào site.toml: [addresses] gone = [{_quoted(urls)}].",
    )


def is_entry_lost(message: str) -> bool:
    return message.startswith(entry_lost([""]).message.removesuffix("."))


def folder_lost(folder: str, count: int) -> Words:
    return Words(
        f"Thiếu tệp của {count} bài đã đăng trong {folder}, như khi mất cả thư mục.",
        f"Nếu không định xóa thì lấy lại bằng git: git checkout -- {folder} (việc xóa đã được commit thì git revert). "
        "Nếu định xóa, xem phải ghi gì cho từng bài: python build.py --all",
    )


def links_lost(count: int, where: str, meant: str) -> Words:
    """``where`` is a folder when it ends in a slash; ``meant`` is the hint that all these links share."""
    what = f"những trang, tệp không có ở {where}" if where.endswith("/") else f"{where}, nơi không có gì"
    better = meant or "Nếu nơi đó bị mất thì lấy lại là đủ, không phải sửa từng chỗ; còn không thì sửa các liên kết."
    return Words(f"{count} liên kết hoặc hình dẫn đến {what}.", f"{better} Xem từng chỗ: python build.py --all")


def entry_moved(urls: Sequence[str], file: str, aliases: Sequence[str]) -> Words:
    shown = ", ".join(urls)
    return Words(
        f"Tệp đã được đổi tên thành {file}, nhưng bài đã đăng ở địa chỉ {shown}.",
        f"Ghi vào {file}: aliases: [{', '.join(aliases)}]",
    )


def _quoted(urls: Sequence[str]) -> str:
    return ", ".join(f'"{url}"' for url in urls)


def published_and_held(url: str, reason: str) -> Words:
    return Words(
        f"Bài đã đăng ở địa chỉ {url}, nay lại bị giữ lại: {reason}.",
        "Sửa draft, date hoặc publish_at (và xem lại đồng hồ của máy); muốn gỡ bài thì ghi withdrawn; "
        f'đăng nhầm, chưa ai thấy thì ghi vào site.toml: [addresses] gone = ["{url}"].',
    )


def alias_lost(urls: Sequence[str]) -> Words:
    shown = ", ".join(urls)
    return Words(f"Địa chỉ cũ {shown} đã đăng, nay không còn trong aliases.", f"Thêm lại vào aliases: {shown}")


def same_but_for_capitals(url: str, other: str) -> Words:
    return Words(
        f"Địa chỉ {url} chỉ khác {f'địa chỉ của {other}' if other else 'một địa chỉ khác'} ở chữ hoa, chữ thường.",
        "Windows và macOS coi hai địa chỉ ấy là một. Bỏ địa chỉ cũ này, hoặc viết khác đi.",
    )


def address_lost(urls: Sequence[str]) -> Words:
    shown = ", ".join(urls)
    return Words(
        f"Đã đăng ở địa chỉ {shown}, nay không còn trang nào ở đó.",
        f"Ghi aliases: [{shown}] vào trang thay thế, hoặc ghi vào site.toml: [addresses] gone = [{_quoted(urls)}].",
    )


def listing_lost(url: str, table: str) -> Words:
    what = "Chuyên mục" if table == "category" else "Đơn vị"
    wholly = (
        '; nếu cổng không cần danh sách đơn vị nào nữa thì bỏ "unit" khỏi kinds ở [lists] '
        '(chưa có kinds thì ghi: kinds = ["person", "tag", "year", "month"])'
    )
    return Words(
        f"{what} ở địa chỉ {url} đã đăng, nay không còn trong site.toml: người đọc và bản tin RSS sẽ mất địa chỉ đó.",
        f'Ghi lại [[{table}]] như cũ; nếu đã đổi slug hoặc gộp thì ghi aliases = ["{url}"] vào [[{table}]] thay thế '
        '(và former = ["tên cũ"] nếu tên đổi); '
        f'nếu bỏ hẳn thì ghi vào site.toml: [addresses] gone = ["{url}"]{wholly if table == "unit" else ""}.',
    )


def category_renamed(name: str, count: int, first: str, section: str, known: Sequence[str]) -> Words:
    where = f'[[category]] "{section}"' if section else "[[category]] đó"
    listed = "" if section else f"Các chuyên mục: {'; '.join(known)}. "
    return Words(
        f'{count} bài ghi chuyên mục "{name}", không có trong site.toml (như {first}).',
        f'{listed}Nếu chuyên mục đã đổi tên thì ghi vào {where}: former = ["{name}"], không phải sửa các bài; '
        "nếu bài ghi nhầm thì sửa category của bài.",
    )


def unit_renamed(name: str, count: int, url: str, section: str) -> Words:
    return Words(
        f'Đơn vị "{section}" không có bài nào, còn {count} bài của "{name}" nằm ở {url} như của một người.',
        f'Nếu đơn vị đã đổi tên thì ghi vào [[unit]] "{section}": former = ["{name}"], không phải sửa các bài; '
        "nếu là đơn vị khác thì thêm đơn vị đó vào site.toml ([[unit]]).",
    )


def author_is_a_body(author: str, near: str) -> Words:
    known = f'sửa author thành "{near}"' if near else "thêm đơn vị đó vào site.toml ([[unit]])"
    return Words(
        f'Tác giả "{author}" không phải là đơn vị nào trong site.toml, nên được coi là một người.',
        f'Nếu là đơn vị thì {known}; nếu đơn vị đã đổi tên thì ghi vào [[unit]] đó: former = ["{author}"].',
    )


def not_gone(url: str) -> Words:
    return Words(
        f'Địa chỉ {url} được ghi là "gone" nhưng vẫn có trang ở đó.',
        "Xóa bài, hoặc bỏ địa chỉ này khỏi gone: có nó thì bài có thể mất mà không ai được báo.",
    )


def held_draft() -> str:
    return "bản nháp"


def held_scheduled() -> str:
    return "chưa đến ngày đăng"


def held_future(moment: str) -> str:
    return f"chưa đến ngày đăng ({moment})"


def rolled_back(release: str) -> str:
    return (
        f"Đã quay về bản {release}.\n"
        "Sửa nội dung rồi dựng lại: lần dựng sau đăng nội dung đang có. "
        "Cho đến khi đó --due coi như chưa có gì đến hạn, để máy hẹn giờ không đăng lại bản vừa bỏ."
    )


def whole(files: int) -> str:
    return f"Trang đang có đúng như đã dựng: {files} tệp."


def differs(counts: dict[str, int]) -> str:
    """``counts`` of files that differ, by what has happened to them."""
    return (
        f"Trang đang có không như đã dựng: {', '.join(f'{count} tệp {words}' for words, count in counts.items())}.\n"
        "Người trong đơn vị không làm việc này thì báo ngay cho người giữ máy chủ. Dựng lại thì tệp bị sửa, bị mất trở "
        "về như cũ; tệp lạ phải tự xóa, tệp của trang thì chép vào static/ để lần dựng đưa vào."
    )


def next_due(moment: str, file: str) -> str:
    return f"Lần tới trang tự thay đổi: {moment} ({file}). Cần dựng lại khi đó; xem --due."


def written_before(path: str) -> Words:
    return Words(
        f"Bài này trùng với {path}: cùng nội dung, hoặc cùng tiêu đề và ngày.",
        "Nếu là bản chép nhầm thì xóa một trong hai; nếu dùng bài cũ làm mẫu thì viết lại tiêu đề và nội dung.",
    )
