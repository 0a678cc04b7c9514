"""Names that a project labels with: those in use, and those it set up."""

from math import isfinite
from typing import Annotated

from litestar import Response, delete, get, put
from litestar.params import JSONBody, PathParameter

from threadline.errors import InvalidInput, NotFound
from threadline.model.view import AnnotationSetting
from threadline.server import present, shapes
from threadline.server.api.parameters import CursorParameter, LimitParameter, ProjectName
from threadline.server.context import Injected
from threadline.server.cursors import from_cursor, to_cursor
from threadline.store.contract import AnnotationNameUse, Store

__all__ = ["delete_annotation_name", "list_annotation_names", "set_annotation_name"]

NAME_CHARACTERS_MAX = 256
SETTINGS_MAX = 200
"""Names that a project may set up."""

Name = Annotated[str, PathParameter(description="The name, percent-encoded.")]


@get(
    "/v1/projects/{project:str}/annotation-names",
    operation_id="listAnnotationNames",
    summary="Names of annotations, in use or set up",
    tags=["annotations"],
)
async def list_annotation_names(
    *, context: Injected, project: ProjectName, limit: LimitParameter = 50, cursor: CursorParameter = None
) -> Response[shapes.AnnotationNames]:
    """By name, with how each was used and what the project set up."""
    return await context.answer(_names, context.store, project, limit, cursor)


@put(
    "/v1/projects/{project:str}/annotation-names/{name:str}",
    operation_id="setAnnotationName",
    summary="Set up a name",
    tags=["annotations"],
)
async def set_annotation_name(
    context: Injected, project: ProjectName, name: Name, data: JSONBody[shapes.AnnotationSetting]
) -> Response[shapes.AnnotationSetting]:
    """What is already said under the name stays."""
    setting = _setting(project, name, data)
    held = {one.name for one in await context.read(context.store.annotation_settings, project)}
    if name not in held and len(held) >= SETTINGS_MAX:
        raise InvalidInput("too_many_names", f"A project sets up at most {SETTINGS_MAX} names. Delete one first.")
    kept = await context.write(lambda: context.store.put_annotation_setting(setting))
    return await context.answer(present.annotation_setting, kept)


@delete(
    "/v1/projects/{project:str}/annotation-names/{name:str}",
    operation_id="deleteAnnotationName",
    summary="Forget how a name was set up",
    tags=["annotations"],
    status_code=204,
)
async def delete_annotation_name(context: Injected, project: ProjectName, name: Name) -> None:
    """Annotations under the name stay."""
    if not await context.write(lambda: context.store.delete_annotation_setting(project, name)):
        raise NotFound("unknown_name", "This project has not set up a name like this.")


def _setting(project: str, name: str, data: shapes.AnnotationSetting) -> AnnotationSetting:
    if not 1 <= len(name) <= NAME_CHARACTERS_MAX:
        raise InvalidInput("invalid_name", f"A name has 1 to {NAME_CHARACTERS_MAX} characters.")
    bounds = (data.minimum, data.maximum)
    if any(bound is not None and not isfinite(bound) for bound in bounds):
        raise InvalidInput("invalid_range", "`minimum` and `maximum` are finite numbers or null.")
    if data.minimum is not None and data.maximum is not None and data.minimum >= data.maximum:
        raise InvalidInput("invalid_range", "`minimum` is less than `maximum`.")
    if len(set(data.labels)) != len(data.labels):
        raise InvalidInput("invalid_labels", "Each label stands once in `labels`.")
    return AnnotationSetting(
        project=project,
        name=name,
        kind=data.kind,
        labels=tuple(data.labels),
        minimum=data.minimum,
        maximum=data.maximum,
        description=data.description,
    )


def _names(store: Store, project: str, limit: int, cursor: str | None) -> shapes.AnnotationNames:
    after = from_cursor(cursor, str, "annotation names", project) if cursor is not None else ""
    used = {one.name: one for one in store.annotation_names(project)}
    settings = {one.name: one for one in store.annotation_settings(project)}
    names = sorted(name for name in {*used, *settings} if name > after)
    page = names[:limit]
    return shapes.AnnotationNames(
        data=[_name(name, used.get(name), settings.get(name)) for name in page],
        next_cursor=to_cursor(page[-1], "annotation names", project) if len(names) > limit else None,
    )


def _name(name: str, use: AnnotationNameUse | None, setting: AnnotationSetting | None) -> shapes.AnnotationName:
    return shapes.AnnotationName(
        name=name,
        setting=None if setting is None else present.annotation_setting(setting),
        annotator_kinds=[] if use is None else list(use.annotator_kinds),
        labels=[] if use is None else list(use.labels),
        has_score=use is not None and use.has_score,
        count=0 if use is None else use.count,
    )
