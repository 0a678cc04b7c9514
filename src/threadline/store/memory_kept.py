"""What people keep beside the telemetry, in the reference store."""

from collections.abc import Mapping, Sequence

import msgspec

from threadline.model.view import AnnotationSetting, SavedView

__all__ = ["MemoryKept"]


class MemoryKept:
    """The part of the contract that has to do with views, seen marks and the names a project labels with."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._views: dict[str, SavedView] = {}
        self._seen: dict[tuple[str, str, str], int] = {}
        """(project, author, session key) -> when first."""
        self._settings: dict[tuple[str, str], AnnotationSetting] = {}

    def views(self, project: str) -> Sequence[SavedView]:
        """See the contract."""
        found = [view for view in self._views.values() if view.project == project]
        return sorted(found, key=lambda view: (view.name, view.id))

    def put_view(self, view: SavedView) -> SavedView:
        """See the contract."""
        old = self._views.get(view.id)
        if old is not None:
            view = msgspec.structs.replace(view, created_ns=old.created_ns)
        self._views[view.id] = view
        return view

    def delete_view(self, project: str, view_id: str) -> bool:
        """See the contract."""
        if view_id not in self._views or self._views[view_id].project != project:
            return False
        del self._views[view_id]
        return True

    def mark_seen(self, project: str, author: str, keys: Sequence[str], *, seen_ns: int) -> None:
        """See the contract."""
        for key in keys:
            self._seen.setdefault((project, author, key), seen_ns)

    def seen(self, project: str, author: str, keys: Sequence[str]) -> Mapping[str, int]:
        """See the contract."""
        return {key: self._seen[project, author, key] for key in keys if (project, author, key) in self._seen}

    def forget_seen(self, project: str, keys: Sequence[str]) -> None:
        """These sessions were deleted."""
        for place in [place for place in self._seen if place[0] == project and place[2] in keys]:
            del self._seen[place]

    def annotation_settings(self, project: str) -> Sequence[AnnotationSetting]:
        """See the contract."""
        found = [setting for setting in self._settings.values() if setting.project == project]
        return sorted(found, key=lambda setting: setting.name)

    def put_annotation_setting(self, setting: AnnotationSetting) -> AnnotationSetting:
        """See the contract."""
        self._settings[setting.project, setting.name] = setting
        return setting

    def delete_annotation_setting(self, project: str, name: str) -> bool:
        """See the contract."""
        return self._settings.pop((project, name), None) is not None
