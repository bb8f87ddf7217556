"""The formats of a report."""

# Each is a module of `render`, imported when it is asked for, and its function from a report to text or bytes.
DRAWN = {
    "json": ("json", "json_text"),
    "html": ("html", "html"),
    "sarif": ("sarif", "sarif"),
    "junit": ("junit", "junit"),
    "github": ("github", "github"),
    "markdown": ("markdown", "markdown"),
    "xlsx": ("xlsx", "xlsx"),
}
FORMATS = ("text", *DRAWN)
