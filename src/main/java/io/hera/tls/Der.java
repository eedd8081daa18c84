package io.hera.tls;

import java.io.ByteArrayOutputStream;

/** As much of the encoding DER as wrapping a key takes: elements with a tag of one byte. */
final class Der {
  private static final int SHORT_MAX = 0x7f;

  private Der() {}

  /** Returns where the content of the element at {@code at} begins; -1 if it is not an element. */
  static int content(byte[] der, int at) {
    if (at < 0 || at + 1 >= der.length) {
      return -1;
    }
    int first = der[at + 1] & 0xff;
    int lengthBytes = first <= SHORT_MAX ? 0 : first & SHORT_MAX;
    return lengthBytes > 2 ? -1 : at + 2 + lengthBytes;
  }

  /** Returns where the element at {@code at} ends; -1 if it is not an element, or does not end. */
  static int end(byte[] der, int at) {
    int content = content(der, at);
    if (content < 0 || content > der.length) {
      return -1;
    }
    int length = der[at + 1] & 0xff;
    if (length > SHORT_MAX) {
      length = 0;
      for (int i = at + 2; i < content; i++) {
        length = (length << 8) | (der[i] & 0xff);
      }
    }
    return content + length <= der.length ? content + length : -1;
  }

  /** Returns an element. */
  static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream element = new ByteArrayOutputStream(content.length + 4);
    element.write(tag);
    if (content.length <= SHORT_MAX) {
      element.write(content.length);
    } else if (content.length <= 0xff) {
      element.write(0x81);
      element.write(content.length);
    } else {
      element.write(0x82);
      element.write(content.length >> 8);
      element.write(content.length & 0xff);
    }
    element.writeBytes(content);
    return element.toByteArray();
  }
}
