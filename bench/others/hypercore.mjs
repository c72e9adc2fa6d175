// How fast hypercore, a signed append-only log, is copied to another store over loopback TCP:
//   node hypercore.mjs BLOCKS
// prints one JSON object: {"name": …, "value": blocks a second}.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Hypercore from 'hypercore';

const blocks = Number(process.argv[2]);
const batch = 1000;
// As long as an entry of a co-op's log.
const blockSizeBytes = 430;
const folder = await mkdtemp(join(tmpdir(), 'coop-bench-'));

try {
  const log = new Hypercore(join(folder, 'log'));
  await log.ready();
  for (let i = 0; i < blocks; i += batch) {
    const rows = Math.min(batch, blocks - i);
    await log.append(Array.from({ length: rows }, (_, row) => Buffer.alloc(blockSizeBytes, `block ${i + row} `)));
  }

  const server = createServer((socket) => socket.pipe(log.replicate(false)).pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const copy = new Hypercore(join(folder, 'copy'), log.key);
  await copy.ready();
  const started = performance.now();
  const socket = connect(server.address().port, '127.0.0.1');
  socket.pipe(copy.replicate(true)).pipe(socket);
  await copy.download({ start: 0, end: blocks }).done();
  const seconds = (performance.now() - started) / 1000;
  if (copy.contiguousLength !== blocks) throw new Error(`The copy has ${copy.contiguousLength} blocks.`);
  process.stdout.write(JSON.stringify({ name: 'hypercore: replicate over loopback TCP', value: blocks / seconds }) + '\n');
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
