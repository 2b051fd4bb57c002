"""Mem0's own Python client against a server: each method, with the memory really stored and found again.

Usage: check.py HOST KEY. Prints one line for each check; ends with 1 at the first that fails.
"""

import asyncio
import os
import sys

os.environ["MEM0_TELEMETRY"] = "False"

from mem0 import AsyncMemoryClient, MemoryClient  # noqa: E402

host, key = sys.argv[1:3]


def check(name, holds):
    print(("ok   " if holds else "FAIL ") + name)
    if not holds:
        sys.exit(1)


def texts(found):
    return [row["memory"] for row in found["results"]]


def run_sync():
    client = MemoryClient(api_key=key, host=host)
    added = client.add("The boiler was serviced in May.", user_id="py", infer=False, metadata={"by": "Ida"})
    check("add", added["status"] == "SUCCEEDED")
    memory_id = added["results"][0]["id"]
    queued = client.add([{"role": "user", "content": "I'm vegetarian.", "name": "Ann"}], user_id="py", run_id="r")
    check("add with facts", queued["status"] == "PENDING" and bool(queued["event_id"]))
    check("search", "The boiler was serviced in May." in texts(client.search("boiler", filters={"user_id": "py"})))
    page = client.get_all(filters={"user_id": "py"}, page=1, page_size=1)
    check("get_all", page["count"] >= 2 and len(page["results"]) == 1 and page["next"].startswith(host))
    check("get", client.get(memory_id)["metadata"] == {"by": "Ida"})
    client.update(memory_id, text="The boiler was serviced in June.", metadata={"checked": True})
    check("update", client.get(memory_id)["memory"] == "The boiler was serviced in June.")
    check("history", [row["event"] for row in client.history(memory_id)] == ["UPDATE", "ADD"])
    check("feedback", client.feedback(memory_id, feedback="POSITIVE")["feedback"] == "POSITIVE")
    client.batch_update([{"memory_id": memory_id, "text": "The boiler is new."}])
    check("batch_update", client.get(memory_id)["memory"] == "The boiler is new.")
    check("users", "py" in [row["name"] for row in client.users()["results"]])
    export = client.create_memory_export(schema={"type": "object", "properties": {"diet": {"type": "string"}}}, filters={"user_id": "py"})
    check("create_memory_export", bool(export["id"]))
    check("get_memory_export", isinstance(client.get_memory_export(memory_export_id=export["id"]), dict))
    check("get_summary", client.get_summary(filters={"user_id": "py"}) is not None)
    client.update_project(custom_instructions="Only work.")
    check("get_project", client.get_project(fields=["custom_instructions"]) == {"custom_instructions": "Only work."})
    client.batch_delete([{"memory_id": memory_id}])
    check("batch_delete", memory_id not in [row["id"] for row in client.get_all(filters={"user_id": "py"})["results"]])
    try:
        client.get(memory_id)
        check("get of what is deleted", False)
    except Exception as error:  # noqa: BLE001 - the client has many classes of errors
        check("get of what is deleted", type(error).__name__ == "MemoryNotFoundError")
    client.delete_all(user_id="py")
    check("delete_all", client.get_all(filters={"user_id": "py"})["count"] == 0)
    try:
        client.delete_all()
        check("delete_all of nothing named", False)
    except Exception as error:  # noqa: BLE001
        check("delete_all of nothing named", type(error).__name__ == "ValidationError")


async def run_async():
    client = AsyncMemoryClient(api_key=key, host=host)
    added = await client.add("Hana grows saffron.", user_id="apy", infer=False)
    memory_id = added["results"][0]["id"]
    check("async search", "Hana grows saffron." in texts(await client.search("saffron", filters={"user_id": "apy"})))
    check("async get_all", (await client.get_all(filters={"user_id": "apy"}))["count"] == 1)
    await client.update(memory_id, text="Hana grows basil.")
    check("async get", (await client.get(memory_id))["memory"] == "Hana grows basil.")
    check("async history", len(await client.history(memory_id)) == 2)
    await client.delete(memory_id)
    check("async delete", (await client.get_all(filters={"user_id": "apy"}))["count"] == 0)
    await client.add("Hana grows mint.", user_id="apy", infer=False)
    await client.delete_users(user_id="apy")
    check("async delete_users", "apy" not in [row["name"] for row in (await client.users())["results"]])


run_sync()
asyncio.run(run_async())
