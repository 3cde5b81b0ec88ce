"""A route that FastAPI describes and that works its own parameters out: for what is asked for by the thousand.

FastAPI takes some 300 µs to find out what a route with a dozen parameters wants, at every request. Here it is found
out once. Known are: the request, parameters of the path, one model of the query, and dependencies that take the request
alone. The description of the API, permissions and errors are those of any other route.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

from fastapi import Request, params
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette._exception_handler import wrap_app_handling_exceptions
from starlette.types import ASGIApp, Receive, Scope, Send

Worked = Callable[[Request], Any]


class Quick(APIRoute):
    """For `APIRouter(route_class=Quick)`. Its endpoints are coroutines and return a Response."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **about: Any) -> None:
        super().__init__(path, endpoint, **about)
        self.app = _answering(endpoint, [depends.dependency for depends in self.dependencies], self.param_convertors)


def _answering(endpoint: Callable[..., Awaitable[Any]], first: list[Any], in_path: dict[str, Any]) -> ASGIApp:
    hints = get_type_hints(endpoint, include_extras=True)
    hints.pop("return", None)
    now: dict[str, Worked] = {}
    later: dict[str, Callable[[Request], Awaitable[Any]]] = {}
    for name, hint in hints.items():
        kind, *extra = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        depends = next((one for one in extra if isinstance(one, params.Depends)), None)
        if depends is not None and depends.dependency is not None:
            later[name] = depends.dependency
        elif kind is Request:
            now[name] = _itself
        elif name in in_path:
            now[name] = _of_path(name, hint)
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            now[name] = _of_query(kind)
        else:
            raise TypeError(f"{endpoint.__name__}, {name}: not known to a quick route")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            for check in first:
                await check(request)
            values = {name: work(request) for name, work in now.items()}
            for name, dependency in later.items():
                values[name] = await dependency(request)
            response = await endpoint(**values)
            await response(scope, receive, send)

        await wrap_app_handling_exceptions(answer, request)(scope, receive, send)

    return app


def _itself(request: Request) -> Request:
    return request


def _of_path(name: str, hint: Any) -> Worked:
    adapter: TypeAdapter[Any] = TypeAdapter(hint)

    def work(request: Request) -> Any:
        try:
            return adapter.validate_python(request.path_params[name])
        except ValidationError as fault:
            raise _fault("path", fault, name) from fault

    return work


def _of_query(model: type[BaseModel]) -> Worked:
    lists = {
        field.alias or name for name, field in model.model_fields.items() if get_origin(_bare(field.annotation)) is list
    }
    validate = model.model_validate

    def work(request: Request) -> Any:
        found: dict[str, Any] = {}
        for name, value in parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True):
            if name in lists:
                found.setdefault(name, []).append(value)
            else:
                found[name] = value
        try:
            return validate(found)
        except ValidationError as fault:
            raise _fault("query", fault) from fault

    return work


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _fault(where: str, fault: ValidationError, *names: str) -> RequestValidationError:
    errors = fault.errors(include_url=False)
    return RequestValidationError([{**error, "loc": (where, *names, *error["loc"])} for error in errors])
