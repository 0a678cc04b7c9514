"""One span, resource or scope of OTLP/JSON to its protobuf bytes."""

import json
import math
import re
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, InstrumentationScope, KeyValue
from opentelemetry.proto.resource.v1.resource_pb2 import Resource
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from threadline.model.limits import Limits

__all__ = ["JsonInvalid", "resource_bytes", "scope_bytes", "span_bytes"]

Object: TypeAlias = dict[str, Any]

_DECIMAL = re.compile(r"-?\d{1,20}\Z", re.ASCII)
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})*\Z", re.ASCII)
_COMMA_OUTSIDE_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"|,', re.DOTALL)
_FLOATS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class JsonInvalid(ValueError):
    """This value is not in the form that OTLP/JSON asks for; the text says where."""


def span_bytes(raw: msgspec.Raw, limits: Limits) -> bytes:
    """A serialised Span. Ids may have any length here. Raises JsonInvalid."""
    return _converted(raw, limits, _span)


def resource_bytes(raw: msgspec.Raw, limits: Limits) -> bytes:
    """A serialised Resource. Raises JsonInvalid."""
    return _converted(raw, limits, _resource)


def scope_bytes(raw: msgspec.Raw, limits: Limits) -> bytes:
    """A serialised InstrumentationScope. Raises JsonInvalid."""
    return _converted(raw, limits, _scope)


def _converted(raw: msgspec.Raw, limits: Limits, convert: Callable[[Object, int], Any]) -> bytes:
    value = _read(raw, limits)
    if value is None:
        return b""
    try:
        serialised: bytes = convert(_object(value, "the span"), limits.attribute_depth_max).SerializeToString()
    except (TypeError, ValueError, OverflowError) as error:  # what protobuf says to a value out of its range
        raise error if isinstance(error, JsonInvalid) else JsonInvalid(str(error)[:128]) from None
    return serialised


def _read(raw: msgspec.Raw, limits: Limits) -> Any:
    data = bytes(raw)
    if data.count(b",") > limits.values_per_span_max:
        commas = 0
        for token in _COMMA_OUTSIDE_TEXT.finditer(data):
            commas += data[token.start()] == 44
            if commas > 4 * limits.values_per_span_max:
                raise JsonInvalid(f"it holds more than {limits.values_per_span_max} values (values_per_span_max)")
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:  # slower, and reads what msgspec refuses: integers of any length
        return json.loads(data.decode())
    except UnicodeDecodeError:
        raise JsonInvalid("it holds text that is not UTF-8") from None
    except (ValueError, RecursionError):
        raise JsonInvalid("it is not readable as JSON, or nested too deep") from None


def _span(span: Object, depth: int) -> Span:
    message = Span(
        trace_id=_id(span, "traceId"),
        span_id=_id(span, "spanId"),
        parent_span_id=_id(span, "parentSpanId"),
        trace_state=_text(span, "traceState"),
        flags=_integer(span, "flags"),
        name=_text(span, "name"),
        kind=_integer(span, "kind"),
        start_time_unix_nano=_integer(span, "startTimeUnixNano"),
        end_time_unix_nano=_integer(span, "endTimeUnixNano"),
        attributes=_pairs(span, "attributes", depth),
        dropped_attributes_count=_integer(span, "droppedAttributesCount"),
        dropped_events_count=_integer(span, "droppedEventsCount"),
        dropped_links_count=_integer(span, "droppedLinksCount"),
    )
    for event in _objects(span, "events"):
        message.events.add(
            time_unix_nano=_integer(event, "timeUnixNano"),
            name=_text(event, "name"),
            attributes=_pairs(event, "attributes", depth),
            dropped_attributes_count=_integer(event, "droppedAttributesCount"),
        )
    for link in _objects(span, "links"):
        message.links.add(
            trace_id=_id(link, "traceId"),
            span_id=_id(link, "spanId"),
            trace_state=_text(link, "traceState"),
            attributes=_pairs(link, "attributes", depth),
            dropped_attributes_count=_integer(link, "droppedAttributesCount"),
            flags=_integer(link, "flags"),
        )
    status = span.get("status")
    if status is not None:
        status = _object(status, "status")
        message.status.message = _text(status, "message")
        message.status.code = _integer(status, "code")
    return message


def _resource(resource: Object, depth: int) -> Resource:
    return Resource(
        attributes=_pairs(resource, "attributes", depth),
        dropped_attributes_count=_integer(resource, "droppedAttributesCount"),
    )


def _scope(scope: Object, depth: int) -> InstrumentationScope:
    return InstrumentationScope(
        name=_text(scope, "name"),
        version=_text(scope, "version"),
        attributes=_pairs(scope, "attributes", depth),
        dropped_attributes_count=_integer(scope, "droppedAttributesCount"),
    )


def _pairs(holder: Object, name: str, depth: int) -> list[KeyValue]:
    return [KeyValue(key=_text(pair, "key"), value=_value(pair.get("value"), depth)) for pair in _objects(holder, name)]


def _value(value: Any, depth: int) -> AnyValue | None:
    if value is None:
        return None
    if depth < 0:
        raise JsonInvalid("an attribute is nested deeper than attribute_depth_max")
    for name, item in _object(value, "value").items():
        build = _VALUES.get(name)
        if build is not None and item is not None:
            return build(item, depth)
    return AnyValue()


def _string_value(item: Any, _depth: int) -> AnyValue:
    if not isinstance(item, str):
        raise JsonInvalid("stringValue is not a string")
    return AnyValue(string_value=item)


def _bool_value(item: Any, _depth: int) -> AnyValue:
    if not isinstance(item, bool):
        raise JsonInvalid("boolValue is not true or false")
    return AnyValue(bool_value=item)


def _int_value(item: Any, _depth: int) -> AnyValue:
    return AnyValue(int_value=_to_integer(item, "intValue"))


def _double_value(item: Any, _depth: int) -> AnyValue:
    if isinstance(item, str):
        if item in _FLOATS:
            return AnyValue(double_value=_FLOATS[item])
        try:
            return AnyValue(double_value=float(item))
        except ValueError:
            raise JsonInvalid("doubleValue is not a number") from None
    if isinstance(item, bool) or not isinstance(item, int | float):
        raise JsonInvalid("doubleValue is not a number")
    return AnyValue(double_value=item)


def _bytes_value(item: Any, _depth: int) -> AnyValue:
    if not isinstance(item, str):
        raise JsonInvalid("bytesValue is not base64")
    padded = item + "=" * (-len(item) % 4)
    try:
        url_safe = "-" in item or "_" in item
        return AnyValue(bytes_value=urlsafe_b64decode(padded) if url_safe else b64decode(padded, validate=True))
    except ValueError:
        raise JsonInvalid("bytesValue is not base64") from None


def _array_value(item: Any, depth: int) -> AnyValue:
    message = AnyValue()
    message.array_value.SetInParent()
    for value in _list(_object(item, "arrayValue"), "values"):
        message.array_value.values.append(_value(value, depth - 1) or AnyValue())
    return message


def _kvlist_value(item: Any, depth: int) -> AnyValue:
    message = AnyValue()
    message.kvlist_value.SetInParent()
    message.kvlist_value.values.extend(_pairs(_object(item, "kvlistValue"), "values", depth - 1))
    return message


_VALUES: dict[str, Callable[[Any, int], AnyValue]] = {
    "stringValue": _string_value,
    "boolValue": _bool_value,
    "intValue": _int_value,
    "doubleValue": _double_value,
    "arrayValue": _array_value,
    "kvlistValue": _kvlist_value,
    "bytesValue": _bytes_value,
}


def _id(holder: Object, name: str) -> bytes:
    text = _text(holder, name)
    if not _HEX.match(text):
        raise JsonInvalid(f"{name} is not hexadecimal (base64 is not OTLP/JSON)")
    return bytes.fromhex(text)


def _text(holder: Object, name: str) -> str:
    value = holder.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise JsonInvalid(f"{name} is not a string")
    return value


def _integer(holder: Object, name: str) -> Any:
    value = holder.get(name)
    return 0 if value is None else _to_integer(value, name)


def _to_integer(value: Any, name: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _DECIMAL.match(value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise JsonInvalid(f"{name} is not an integer")


def _list(holder: Object, name: str) -> list[Any]:
    value = holder.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise JsonInvalid(f"{name} is not an array")
    return value


def _objects(holder: Object, name: str) -> list[Object]:
    return [_object(item, name) for item in _list(holder, name)]


def _object(value: Any, name: str) -> Object:
    if not isinstance(value, dict):
        raise JsonInvalid(f"{name} is not an object")
    return value
