package io.hera.cli.nodes;

import io.hera.json.JsonWriter;

/** A registration as a line that {@code /_batch} takes, without ttl and line end. */
public final class RegistrationLine {
  private RegistrationLine() {}

  /** Returns the line of an instance and its document. */
  public static byte[] of(String service, String id, byte[] document) {
    return new JsonWriter(document.length + 128)
        .ascii("{\"service\":")
        .string(service)
        .ascii(",\"id\":")
        .string(id)
        .ascii(",\"document\":")
        .onOneLine(document)
        .raw('}')
        .toBytes();
  }
}
