"""The register for assistants, over the Model Context Protocol. See docs/mcp.md."""
