"""How the names of annotations are used: what every store answers from the annotations it reads."""

from collections import defaultdict
from collections.abc import Iterable

from threadline.model.annotation import Annotation
from threadline.store.contract import AnnotationNameUse

__all__ = ["names_in_use"]

LABELS_SHOWN = 20


def names_in_use(annotations: Iterable[Annotation]) -> list[AnnotationNameUse]:
    """One row a name, by name."""
    by_name: dict[str, list[Annotation]] = defaultdict(list)
    for each in annotations:
        by_name[each.name].append(each)
    return [
        AnnotationNameUse(
            name=name,
            annotator_kinds=tuple(sorted({each.annotator_kind for each in named})),
            labels=tuple(sorted({each.label for each in named if each.label is not None})[:LABELS_SHOWN]),
            has_score=any(each.score is not None for each in named),
            count=len(named),
        )
        for name, named in sorted(by_name.items())
    ]
