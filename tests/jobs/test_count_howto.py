"""What docs/how-to/try-the-count.md shows is what the command says."""

import io
import re
from pathlib import Path

from onroll.jobs.count_command import main

PAGE = Path(__file__).resolve().parents[2] / "docs/how-to/try-the-count.md"


def test_the_example_of_the_how_to_is_true(tmp_path: Path, monkeypatch):
    text = PAGE.read_text("utf-8")
    calendar, register = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    [output], [errors] = (
        re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL) for kind in ("output", "errors")
    )
    [command] = re.findall(r"```\nonroll count (.*?)\n```", text)
    monkeypatch.chdir(tmp_path)
    Path("calendar.csv").write_text(calendar, "utf-8")
    Path("register.csv").write_text(register, "utf-8")
    out, err = io.StringIO(), io.StringIO()
    assert main(command.split(), out, err) == 3
    assert (out.getvalue(), err.getvalue()) == (output, errors)
