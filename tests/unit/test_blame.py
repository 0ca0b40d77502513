"""What is said of templates that are wrong: in Vietnamese, whatever Jinja or Python says of them."""

from __future__ import annotations

import re

import pytest
from jinja2 import Environment, StrictUndefined

from loa.blame import blaming
from loa.errors import TemplateFaultError

FAULTS = {
    "{{ a": "hết tệp mà còn thiếu }}",
    "{% if a": "hết tệp mà còn thiếu %}",
    "{% if %}": "thiếu biểu thức trước %}",
    "{% if a %}x": "hết tệp mà {% if %} chưa đóng",
    "{% block a %}{% if b %}{% endblock %}": "gặp {% endblock %} khi {% if %} chưa đóng",
    "{% block a %}{% iff b %}{% endblock %}": "gặp {% iff %} khi {% block %} chưa đóng",
    "{% endif %}": "không có thẻ nào là {% endif %}, hoặc nó thừa ở đây",
    "{{ a b }}": "cần }} nhưng gặp b",
    "{% for a b %}{% endfor %}": "cần in nhưng gặp b",
    "{{ a) }}": "gặp ) không đúng chỗ",
    "{{ (a] }}": "gặp ] nhưng cần )",
    "{{ a ? b }}": "có ký tự lạ ?",
    "{{ a|hoa }}": 'không có bộ lọc "hoa"',
    "{{ a is hoa }}": 'không có phép thử "hoa"',
    "{# a": "ghi chú {# chưa được đóng bằng #}",
    "{% raw %}a": "{% raw %} chưa được đóng",
    "{% %}": "thiếu tên thẻ sau {%",
    "{% block a %}{% endblock %}{% block a %}{% endblock %}": 'khối "a" được viết hai lần',
    "{% block a-b %}{% endblock %}": "tên của khối chỉ được có chữ không dấu, chữ số và dấu _",
    "{{ a. }}": "sau dấu chấm phải là một tên",
    "{{ 1 / 0 }}": "có phép chia cho 0",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "mẫu gọi chính nó mãi",
    "{{ 'a' + 1 }}": "chữ và số không cộng được; để nối, dùng dấu ~",
    "{{ 1 + 'a' }}": "không tính được: số + chữ",
    "{{ 1 < 'a' }}": "không so sánh được: số < chữ",
    "{% for a in 1 %}{% endfor %}": "số không phải là danh sách nên không lặp được",
    "{{ 'a'() }}": "chữ không gọi được như một hàm",
    "{% macro m() %}{% endmacro %}{{ m(a=1) }}": 'macro m không có tham số "a"',
    "{% macro m() %}{% endmacro %}{{ m(1) }}": "macro m chỉ nhận 0 tham số",
    "{{ thing.day() }}": 'str không có "day"',
    "{{ a.b }}": 'không có biến "a"',
    "{{ [1][5] }}": "danh sách không có phần tử 5",
}
# What nobody has met yet keeps its own words.
UNKNOWN = {
    "{{ a is b is c }}": r"sai cú pháp \(You cannot chain multiple tests with is\)\.",
    "{{ ''.join([1]) }}": r"xem lời của Python \(TypeError: sequence item 0.+\)\.",
}


def said(source: str) -> str:
    """What is said of a template of that text."""
    with pytest.raises(TemplateFaultError) as raised:
        _render(source)
    return raised.value.problem.message


def _render(source: str) -> None:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    with blaming("tin/a.html"):
        code = environment.compile(source, "a.html", "templates/a.html")
        environment.template_class.from_code(environment, code, dict(environment.globals)).render(thing="x")


@pytest.mark.parametrize("source", FAULTS)
def test_what_is_wrong_with_a_template_is_said_in_vietnamese(source: str) -> None:
    told = said(source)

    assert told.endswith(f": {FAULTS[source]}.")


@pytest.mark.parametrize("source", UNKNOWN)
def test_what_has_no_translation_is_said_in_its_own_words(source: str) -> None:
    assert re.search(UNKNOWN[source], said(source))
