"""
The real Jinja, beside the engines of JavaScript: a child of run.mjs, as measure.mjs is. It reads what a row asks for as a
line of JSON, writes the page it makes, then one time for each line it gets. `measure_jinja.py MS`
"""

import json
import sys
import time

import jinja2

milliseconds = float(sys.argv[1])


def answer(**values):
    print(json.dumps(values), flush=True)


def raise_exception(message):
    raise jinja2.TemplateError(message)


def renderer(row):
    options = {name: row[name] for name in ("autoescape", "trim_blocks", "lstrip_blocks") if name in row}
    environment = jinja2.Environment(loader=jinja2.DictLoader(row.get("templates", {})), **options)
    environment.globals["raise_exception"] = raise_exception
    data = row["data"]
    if "template" in row:
        return lambda: environment.get_template(row["template"]).render(data)
    if row.get("compiles"):
        count = iter(range(sys.maxsize))
        return lambda: environment.from_string(f"{row['source']}<!-- {next(count)} -->").render(data)[:1]
    template = environment.from_string(row["source"])
    return lambda: template.render(data)


def slice_of(render, count):
    """Milliseconds of processor time that `count` calls take."""
    before = time.process_time()
    length = 0
    for _ in range(count):
        length += len(render().encode())
    return (time.process_time() - before) * 1000


def calls_of_slice(render):
    count = 1
    spent = 0.0
    while spent < 300:
        spent_now = slice_of(render, count)
        spent += spent_now
        if spent_now < milliseconds:
            count = int(count * min(10, milliseconds * 1.2 / max(spent_now, 0.1))) + 1
    return count


render = renderer(json.loads(sys.stdin.readline()))
page = render()
count = calls_of_slice(render)
answer(page=page)
for _ in sys.stdin:
    answer(time=1000 * slice_of(render, count) / count)
