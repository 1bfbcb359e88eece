"""The child's side of ``typesetting``: limits itself, compiles one template, writes the PDF to standard output.

It is run as a file by a fresh interpreter, and imports nothing of the program.
"""

import json
import resource
import sys
from pathlib import Path


def _limit(kind: int, most: int) -> None:
    """Lower a limit; one that is already lower stays."""
    hard = resource.getrlimit(kind)[1]
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (allowed, hard))


def main() -> int:
    """Compile what the job on standard input names; 3 where the template has a fault, told on standard error."""
    job = json.loads(sys.stdin.buffer.read())
    sys.path[:] = job["path"]
    if sys.platform != "darwin":  # whose kernel knows no limit of address space
        _limit(resource.RLIMIT_AS, job["memory"])
    _limit(resource.RLIMIT_CPU, job["seconds"])
    _limit(resource.RLIMIT_CORE, 0)
    import typst

    root = Path(job["root"])
    fonts = root / "fonts"
    no_packages = root / ".packages"
    try:
        pdf = typst.compile(
            str(root / job["main"]),
            root=str(root),
            font_paths=[str(fonts)] if fonts.is_dir() else [],
            ignore_system_fonts=True,
            sys_inputs=job["inputs"],
            format="pdf",
            package_path=str(no_packages),
            package_cache_path=str(no_packages),
        )
    except typst.TypstError as error:
        sys.stderr.write(error.diagnostic or error.message)
        return 3
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
