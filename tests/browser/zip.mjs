// Just enough of a zip reader to see what other programs would unpack.

import assert from "node:assert/strict";
import { crc32 as zlibCrc32, inflateRawSync } from "node:zlib";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/** The files of a zip by their names, in the order of its directory. */
export function unzip(zip) {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  assert.ok(end >= 0 && zip.readUInt32LE(end) === END, "a zip has an end record");
  const files = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert.equal(zip.readUInt32LE(at), ENTRY, "an entry of the directory");
    const field = (offset) => zip.readUInt16LE(at + offset);
    const [crc, packed, size] = [16, 20, 24].map((offset) => zip.readUInt32LE(at + offset));
    const nameEnd = at + 46 + field(28);
    const name = zip.toString("utf8", at + 46, nameEnd);
    const local = zip.readUInt32LE(at + 42);
    assert.equal(zip.readUInt32LE(local), LOCAL, `${name} is where the directory says`);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + packed);
    const bytes = field(10) === 0 ? content : inflateRawSync(content);
    assert.equal(bytes.length, size, `${name} is as long as it says`);
    assert.equal(crc32(bytes), crc, `${name} is whole`);
    assert.ok(!files.has(name), `${name} is there once`);
    files.set(name, Buffer.from(bytes));
    at = nameEnd + field(30) + field(32);
  }
  return files;
}

function crc32(bytes) {
  if (zlibCrc32) {
    return zlibCrc32(bytes);
  }
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  return ~crc >>> 0;
}
