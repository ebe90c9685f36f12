"""Prints, as JSON, what the official MCAP package finds in a recording file.

usage: read_with_mcap.py FILE.skyreel
"""

import json
import sys

import msgpack
from mcap.reader import make_reader

with open(sys.argv[1], "rb") as file:
    reader = make_reader(file, validate_crcs=True)
    header = reader.get_header()
    summary = reader.get_summary()
    times = [message.log_time for _, _, message in reader.iter_messages()]
    counts = {}
    span = (summary.statistics.message_start_time, summary.statistics.message_end_time)
    for schema, channel, message in reader.iter_messages(start_time=span[0], end_time=span[1] + 1):
        fields = msgpack.unpackb(message.data, strict_map_key=False)
        assert isinstance(fields, dict), channel.topic
        counts[channel.topic] = counts.get(channel.topic, 0) + 1
    found = {
        "profile": header.profile,
        "channels": {
            channel.topic: [channel.id, channel.message_encoding, summary.schemas[channel.schema_id].name]
            for channel in summary.channels.values()
        },
        "metadata": {record.name: record.metadata for record in reader.iter_metadata()},
        "attachments": [[a.name, a.media_type, len(a.data)] for a in reader.iter_attachments()],
        "counts": counts,
        "span_ns": span,
        "in_order": times == sorted(times),
    }
print(json.dumps(found))
