package io.hera.client;

import io.hera.json.Documents;
import io.hera.json.JsonWriter;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The JSON object that describes an instance. Immutable; two documents are equal if their bytes are.
 *
 * <p>It holds the bytes alone, and each getter reads them from the beginning: a reader who looks up
 * members in a hot loop keeps their values. A value is a {@link String}, a {@link Long} (an integer
 * of 64 bits, written without fraction and exponent), a {@link Double} (any other number), a {@link
 * Boolean}, an unmodifiable {@link java.util.List} or {@link Map}. A member that is null is a member
 * that is missing; within lists and maps, null stays null. {@link #bytes()} has each number as it is
 * written.
 */
public final class Document {
  /** Most bytes of a document that any node accepts; by default, nodes accept 64 KiB. */
  public static final int BYTES_MAX = 1 << 20;

  /** Most levels of objects and arrays that any node accepts; by default, nodes accept 32. */
  public static final int DEPTH_MAX = 64;

  private static final Document EMPTY = new Document(new byte[] {'{', '}'});

  private final byte[] json;

  private Document(byte[] json) {
    this.json = json;
  }

  /** Returns the document without members. */
  public static Document empty() {
    return EMPTY;
  }

  /**
   * Returns the document that these bytes are, and keeps a copy of them.
   *
   * @param json one JSON object in UTF-8, at most {@link #BYTES_MAX} long and {@link #DEPTH_MAX} deep
   * @throws IllegalArgumentException if a node would refuse it; the message says where and why
   */
  public static Document of(byte[] json) {
    return checked(json.clone());
  }

  /**
   * Returns the document of this text.
   *
   * @throws IllegalArgumentException as {@link #of(byte[])}
   */
  public static Document of(String json) {
    return checked(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the document with these members, in the order of the map.
   *
   * @param members name → {@link String}, {@link Number}, {@link Boolean}, {@link java.util.List} or
   *     {@link Map} with names that are strings
   * @throws IllegalArgumentException if a value is of another type, or a node would refuse the document
   */
  public static Document of(Map<String, ?> members) {
    return checked(JsonValues.bytes(members));
  }

  /** Returns the document of bytes that were checked before, and that only it will have. */
  static Document ofChecked(byte[] json) {
    return new Document(json);
  }

  private static Document checked(byte[] json) {
    try {
      Documents.check(json, BYTES_MAX, DEPTH_MAX);
      return new Document(json);
    } catch (Malformed flaw) {
      String where = flaw.pointer().isEmpty() ? "at byte " + flaw.offset() : flaw.pointer();
      throw new IllegalArgumentException("document: " + where + ": " + flaw.reason(), flaw);
    }
  }

  /** Returns the value of a member of the outermost object; empty if it is missing, or null. */
  public Optional<Object> get(String name) {
    ObjectCursor members = new ObjectCursor(json);
    return members.next(name)
        ? Optional.ofNullable(JsonValues.of(members.value()))
        : Optional.empty();
  }

  /** Returns the value of a member if it is a string. */
  public Optional<String> text(String name) {
    return get(name).filter(String.class::isInstance).map(String.class::cast);
  }

  /** Returns the value of a member if it is a number: a {@link Long} or a {@link Double}. */
  public Optional<Number> number(String name) {
    return get(name).filter(Number.class::isInstance).map(Number.class::cast);
  }

  /**
   * Returns the value of a member if it is an integer of 32 bits: a number such as 8080 or 8080.0, or
   * a string that is such a number in decimal.
   */
  public OptionalInt integer(String name) {
    return get(name).map(JsonValues::integer).orElse(OptionalInt.empty());
  }

  /** Returns the value of a member if it is true or false. */
  public Optional<Boolean> flag(String name) {
    return get(name).filter(Boolean.class::isInstance).map(Boolean.class::cast);
  }

  /** Returns all members that are not null, in the order of the document; unmodifiable. */
  public Map<String, Object> members() {
    Map<String, Object> all = new LinkedHashMap<>();
    ObjectCursor members = new ObjectCursor(json);
    while (members.next()) {
      Object value = JsonValues.of(members.value());
      if (value != null) {
        all.put(members.name(), value);
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /**
   * Returns the document with this member, in the place that it has, or as the last one. All other
   * members keep their bytes.
   *
   * @param value a {@link String}, {@link Number}, {@link Boolean}, {@link java.util.List} or {@link Map}
   * @throws IllegalArgumentException if the value is of another type, or a node would refuse the result
   */
  public Document with(String name, Object value) {
    byte[] text = JsonValues.bytes(value);
    JsonWriter out = new JsonWriter(json.length + text.length + name.length() + 8).raw('{');
    ObjectCursor members = new ObjectCursor(json);
    boolean replaced = false;
    while (members.next()) {
      boolean same = members.isNamed(name);
      replaced |= same;
      member(out, members.name(), same ? text : members.value());
    }
    if (!replaced) {
      member(out, name, text);
    }
    return checked(out.raw('}').toBytes());
  }

  /** Returns the document without this member; this one if it has none of this name. */
  public Document without(String name) {
    JsonWriter out = new JsonWriter(json.length).raw('{');
    ObjectCursor members = new ObjectCursor(json);
    boolean found = false;
    while (members.next()) {
      if (members.isNamed(name)) {
        found = true;
      } else {
        member(out, members.name(), members.value());
      }
    }
    return found ? new Document(out.raw('}').toBytes()) : this;
  }

  private static void member(JsonWriter out, String name, byte[] value) {
    if (out.size() > 1) {
      out.raw(',');
    }
    out.string(name).raw(':').raw(value);
  }

  /** Returns a copy of the document as it is written: JSON in UTF-8. */
  public byte[] bytes() {
    return json.clone();
  }

  /** Returns the number of bytes. */
  public int size() {
    return json.length;
  }

  /** Returns the bytes themselves, which must not be changed. */
  byte[] shared() {
    return json;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Document document && Arrays.equals(json, document.json);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(json);
  }

  /** Returns its size, not its content: documents do not belong into logs. */
  @Override
  public String toString() {
    return "document of " + json.length + " bytes";
  }
}
