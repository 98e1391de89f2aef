"""Writes a small transformer as an ONNX model in memory, so that onnxruntime can run weights of any file layout.

Only what an encoder needs of the format is here (protocol buffers by hand: four message kinds). Matrix products run
on 8-bit integers, each row of activations scaled by its own largest value, so that a text's result never depends on
what it was encoded together with.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_OPSET, _IR_VERSION = 17, 9
_FLOAT, _WHOLE = 1, 7
_ELEMENT = {"f4": 1, "u1": 2, "i1": 3, "i8": 7}
_EXTENSIONS = "com.microsoft"


@dataclass(frozen=True, slots=True)
class Layer:
    """One encoder layer: weights as (inputs, outputs); `qkv` holds query, key and value side by side."""

    qkv: Floats
    qkv_bias: Floats
    out: Floats
    out_bias: Floats
    norm: tuple[Floats, Floats]
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    last_norm: tuple[Floats, Floats]


def _varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _number(key: int, value: int) -> bytes:
    return _varint(key << 3) + _varint(value)


def _bytes(key: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(key << 3 | 2) + _varint(len(data)) + data


def _tensor(name: str, array: NDArray[Any]) -> bytes:
    shape = b"".join(_number(1, size) for size in array.shape)
    kind = _ELEMENT[array.dtype.str[1:]]
    return shape + _number(2, kind) + _bytes(8, name) + _bytes(9, np.ascontiguousarray(array).tobytes())


def _attribute(name: str, value: int | float | Sequence[int]) -> bytes:
    if isinstance(value, int):
        return _bytes(1, name) + _number(3, value) + _number(20, 2)
    if isinstance(value, float):
        return _bytes(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, 1)
    return _bytes(1, name) + b"".join(_number(8, item) for item in value) + _number(20, 7)


def _port(name: str, kind: int, sizes: Sequence[int | str]) -> bytes:
    """An input or output by its element type and its sizes; a size that varies has a name instead of a number."""
    dims = b"".join(_bytes(1, _number(1, size) if isinstance(size, int) else _bytes(2, size)) for size in sizes)
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, dims)))


@dataclass(slots=True)
class Graph:
    """A graph under construction: `constant` and `node` return the name of the value they add."""

    nodes: list[bytes] = field(default_factory=list)
    constants: list[bytes] = field(default_factory=list)
    names: int = 0

    def _name(self) -> str:
        self.names += 1
        return f"v{self.names}"

    def constant(self, array: NDArray[Any]) -> str:
        """A named constant."""
        name = self._name()
        self.constants.append(_tensor(name, array))
        return name

    def nodes_out(self, kind: str, inputs: Sequence[str], outputs: Sequence[str], given: Mapping[str, Any]) -> None:
        """Add a node between named values."""
        attributes = dict(given)
        domain = attributes.pop("domain", "")
        self.nodes.append(
            b"".join(_bytes(1, name) for name in inputs)
            + b"".join(_bytes(2, name) for name in outputs)
            + _bytes(4, kind)
            + b"".join(_bytes(5, _attribute(name, value)) for name, value in attributes.items())
            + (_bytes(7, domain) if domain else b"")
        )

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node with one output."""
        name = self._name()
        self.nodes_out(kind, inputs, [name], attributes)
        return name

    def model(self, ports: Sequence[bytes], result: bytes) -> bytes:
        """The finished model, with its inputs and its one output."""
        graph = b"".join(_bytes(1, node) for node in self.nodes) + _bytes(2, "encoder")
        graph += b"".join(_bytes(5, constant) for constant in self.constants)
        graph += b"".join(_bytes(11, port) for port in ports) + _bytes(12, result)
        opsets = _bytes(8, _bytes(1, "") + _number(2, _OPSET)) + _bytes(8, _bytes(1, _EXTENSIONS) + _number(2, 1))
        return _number(1, _IR_VERSION) + _bytes(7, graph) + opsets


@dataclass(frozen=True, slots=True)
class _Quantised:
    values: str
    scale: str


class _Writer:
    """The encoder's arithmetic as nodes of a graph."""

    def __init__(self, graph: Graph, heads: int, width: int, epsilon: float) -> None:
        self.graph, self.heads, self.width, self.epsilon = graph, heads, width, epsilon
        self.zero = graph.constant(np.array(128, np.uint8))
        self.one = graph.constant(np.array(1, np.float32))
        self.line = graph.constant(np.array([-1], np.int64))
        self.step = graph.constant(np.array(1 / 127, np.float32))
        self.least = graph.constant(np.array(1e-9, np.float32))
        self.flat = graph.constant(np.array([-1, width], np.int64))

    def quantise(self, value: str) -> _Quantised:
        """Each row as whole numbers around 128, by its own largest value."""
        add = self.graph.node
        ends = [add(kind, value, axes=[-1], keepdims=1) for kind in ("ReduceMax", "ReduceMin")]
        peak = add("Max", ends[0], add("Neg", ends[1]))
        scale = add("Max", add("Mul", peak, self.step), self.least)
        rows = add("Reshape", scale, self.line)
        zeros = add("Expand", self.zero, add("Shape", rows))
        return _Quantised(add("QuantizeLinear", value, rows, zeros, axis=0), scale)

    def product(self, rows: _Quantised, weights: Floats, bias: Floats) -> str:
        """A matrix product on whole numbers, back in floats, with the bias added."""
        add, constant = self.graph.node, self.graph.constant
        scale = (np.abs(weights).max(axis=0) / 127).astype(np.float32)
        whole = constant(np.clip(np.round(weights / scale), -127, 127).astype(np.int8))
        given = rows.values, whole, self.one, constant(scale), self.zero
        raw = add("MatMulIntegerToFloat", *given, domain=_EXTENSIONS)
        return add("Add", add("Mul", raw, rows.scale), constant(bias))

    def norm(self, value: str, weights: tuple[Floats, Floats]) -> str:
        constants = [self.graph.constant(array) for array in weights]
        return self.graph.node("LayerNormalization", value, *constants, axis=-1, epsilon=self.epsilon)

    def attention(self, value: str, layer: Layer) -> str:
        add = self.graph.node
        weights, bias = layer.qkv.copy(), layer.qkv_bias.copy()
        narrow = np.float32((self.width // self.heads) ** -0.5)
        weights[:, : self.width] *= narrow
        bias[: self.width] *= narrow
        rows = self.quantise(value)
        cuts = [slice(start, start + self.width) for start in range(0, 3 * self.width, self.width)]
        parts = [self.product(rows, weights[:, cut], bias[cut]) for cut in cuts]
        query, key, content = (add("Reshape", part, "shape") for part in parts)
        query = add("Transpose", query, perm=[0, 2, 1, 3])
        key = add("Transpose", key, perm=[0, 2, 3, 1])
        content = add("Transpose", content, perm=[0, 2, 1, 3])
        mixed = add("MatMul", add("Softmax", add("MatMul", query, key), axis=-1), content)
        joined = add("Reshape", add("Transpose", mixed, perm=[0, 2, 1, 3]), self.flat)
        return self.product(self.quantise(joined), layer.out, layer.out_bias)

    def layer(self, value: str, layer: Layer) -> str:
        add = self.graph.node
        value = self.norm(add("Add", value, self.attention(value, layer)), layer.norm)
        inner = self.product(self.quantise(value), layer.inner, layer.inner_bias)
        inner = add("Gelu", inner, domain=_EXTENSIONS)
        outer = self.product(self.quantise(inner), layer.outer, layer.outer_bias)
        return self.norm(add("Add", value, outer), layer.last_norm)


def encoder_model(layers: Sequence[Layer], first_norm: tuple[Floats, Floats], heads: int, epsilon: float) -> bytes:
    """An encoder over summed embeddings, as a serialised model.

    Input "x" and output "y" are (texts x tokens, width): texts of one length, one after the other. Input "shape" says
    how many of what length: (texts, tokens, heads, width of a head).
    """
    width = int(first_norm[0].shape[0])
    graph = Graph()
    writer = _Writer(graph, heads, width, epsilon)
    value = writer.norm("x", first_norm)
    for layer in layers:
        value = writer.layer(value, layer)
    graph.nodes_out("Identity", [value], ["y"], {})
    rows = _port("x", _FLOAT, ("rows", width)), _port("shape", _WHOLE, (4,))
    return graph.model(rows, _port("y", _FLOAT, ("rows", width)))
