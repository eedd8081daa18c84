package io.hera.wire;

import io.hera.registry.ContentVersion;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** MurmurHash3 x64 128 (Austin Appleby, public domain), with seed 0. */
final class Murmur {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private Murmur() {}

  /** Returns the hash of the first {@code size} bytes. */
  static ContentVersion hash(byte[] bytes, int size) {
    long one = 0;
    long two = 0;
    int at = 0;
    for (; at + 16 <= size; at += 16) {
      one = Long.rotateLeft(one ^ first((long) LONG.get(bytes, at)), 27) + two;
      one = 5 * one + 0x52dce729;
      two = Long.rotateLeft(two ^ second((long) LONG.get(bytes, at + 8)), 31) + one;
      two = 5 * two + 0x38495ab5;
    }
    two ^= second(tail(bytes, at + 8, size));
    one ^= first(tail(bytes, at, Math.min(size, at + 8)));
    one ^= size;
    two ^= size;
    one += two;
    two += one;
    one = mixed(one);
    two = mixed(two);
    one += two;
    return new ContentVersion(one, two + one);
  }

  private static long first(long word) {
    return Long.rotateLeft(word * C1, 31) * C2;
  }

  private static long second(long word) {
    return Long.rotateLeft(word * C2, 33) * C1;
  }

  /** Returns up to eight bytes as a number, little-endian. */
  private static long tail(byte[] bytes, int from, int to) {
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = (word << 8) | (bytes[i] & 0xff);
    }
    return word;
  }

  private static long mixed(long word) {
    long mixed = (word ^ (word >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
