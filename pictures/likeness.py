"""Pictures that are in the library already, or look as if they were."""

from pictures.models import Picture

# Of 64 bits. Saved again, scaled or brightened a picture differs in 0 to 4; two
# photographs of one moment in about 10.
NEAR = 6
_BITS = 0xFFFF_FFFF_FFFF_FFFF


def same_as(sha256: str) -> list[Picture]:
    """Pictures with the very same pixels. One query."""
    return list(Picture.objects.filter(sha256=sha256)) if sha256 else []


def near_to(near_hash: int | None, *, besides: int | None = None) -> list[Picture]:
    """Pictures that look alike, the nearest first. Two queries; reads a number of each
    picture of the library."""
    if near_hash is None:
        return []
    rows = Picture.objects.exclude(near_hash=None).exclude(pk=besides)
    distances = {
        key: ((other ^ near_hash) & _BITS).bit_count()
        for key, other in rows.order_by().values_list("pk", "near_hash")
    }
    near = sorted(
        (key for key in distances if distances[key] <= NEAR), key=distances.__getitem__
    )
    found = Picture.objects.in_bulk(near)
    return [found[key] for key in near]
