"""Document → Finding (items, lines, doubts). Refuses to compare documents; that is `link`'s."""

