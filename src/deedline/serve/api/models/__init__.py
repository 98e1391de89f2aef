"""The shapes that the API answers in, as the OpenAPI description gives them.

They mirror the rows of `serve.export`, which make the answers; the tests hold every answer to its shape. `rows` is what
is kept, `computed` what is computed of it, `answers` whole answers, `sent` what may be sent.
"""
