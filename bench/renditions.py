"""How fast pictures come in and get their sizes: bench/renditions.py [--rounds N].

A photograph of 24 megapixels, drawn for the purpose, is taken in and made into every size;
then the same sizes are made by plain Pillow, which decodes the uploaded file whole for
each of them, as a template tag that resizes on request does. Pictures a minute, seconds,
and the highest memory of a process of its own for each.
"""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIDES = (6_000, 4_000)


def photograph() -> bytes:
    from PIL import Image, ImageFilter

    noise = Image.effect_noise((1_500, 1_000), 60).filter(ImageFilter.GaussianBlur(2))
    bands = (noise, noise.transpose(0), noise.transpose(1))
    stream = io.BytesIO()
    Image.merge("RGB", bands).resize(SIDES).save(stream, "JPEG", quality=90)
    return stream.getvalue()


def ours(path: str) -> dict:
    """Intake, then every size, with the rows in a scratch database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "jinxi_portal.settings"
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="renditions-")
    import django

    django.setup()
    from django.core.files.base import ContentFile
    from django.core.management import call_command

    from pictures.rendering import render
    from pictures.renditions import all_of
    from pictures.shelving import add

    call_command("migrate", verbosity=0)
    before = memory()
    begun = time.perf_counter()
    upload = ContentFile(Path(path).read_bytes(), name="a.jpg")
    picture = add(upload, by=None, title="a", alt_text="a")
    taken = time.perf_counter() - begun
    begun = time.perf_counter()
    render(picture)
    return {
        "intake": taken,
        "sizes": len(all_of(picture)),
        "seconds": time.perf_counter() - begun,
        "mb": memory() - before,
        "lead": {
            f"{one.format} {one.width}": Path(os.environ["VAR_DIR"], "media", one.name)
            .stat()
            .st_size
            for one in all_of(picture)
            if one.slot.name == "lead" and one.width == 960
        },
    }


def plain(path: str) -> dict:
    """The same sizes, each from the uploaded file."""
    from PIL import Image, ImageOps

    from pictures.slots import JPEG, SLOTS

    before = memory()
    begun, made = time.perf_counter(), 0
    for slot in SLOTS.values():
        sizes = [(width, kind) for kind in slot.formats for width in slot.widths]
        sizes += [(width, JPEG) for width in slot.jpeg_widths]
        for width, kind in sizes:
            with Image.open(path) as image:
                height = (
                    slot.height_at(width)
                    if slot.ratio
                    else round(width * SIDES[1] / SIDES[0])
                )
                small = ImageOps.fit(image, (width, height), Image.Resampling.LANCZOS)
            small.save(
                io.BytesIO(), {"jpg": "JPEG"}.get(kind, kind.upper()), quality=72
            )
            made += 1
    seconds = time.perf_counter() - begun
    return {"sizes": made, "seconds": seconds, "mb": memory() - before}


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        way, path = options.child
        print(json.dumps({"ours": ours, "plain": plain}[way](path)))
        return
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(photograph())
        file.flush()
        print("| way | sizes | seconds | sizes a second | MB more | intake s |")
        print("|---|---|---|---|---|---|")
        for _ in range(options.rounds):
            for way in ("ours", "plain"):
                command = [sys.executable, __file__, "--child", way, file.name]
                done = subprocess.run(command, capture_output=True, check=True)
                told = json.loads(done.stdout.splitlines()[-1])
                taken = f"{told['intake']:.2f}" if "intake" in told else ""
                print(
                    f"| {way} | {told['sizes']} | {told['seconds']:.2f}"
                    f" | {told['sizes'] / told['seconds']:.1f} | {told['mb']:.0f} | {taken} |",
                    flush=True,
                )
                if "lead" in told:
                    lead = told["lead"]
        print(f"\nlead picture at 960 px, bytes: {lead}")


if __name__ == "__main__":
    main()
