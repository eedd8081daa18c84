/**
 * The JSON toolkit (RFC 8259): scanner, checker, cursors, writer, pointer. Plain Java; knows nothing of Hera.
 *
 * <p>{@link io.hera.json.JsonScanner} reads tokens from bytes, {@link io.hera.json.JsonChecker} checks the grammar and {@link
 * io.hera.json.Documents} what a client may put. {@link io.hera.json.ObjectCursor} and {@link io.hera.json.ArrayCursor} walk
 * through JSON that was checked before. {@link io.hera.json.JsonWriter} and {@link io.hera.json.PrettyPrinter} write it. The only
 * exception is {@link io.hera.json.Malformed}.
 */
@NullMarked
package io.hera.json;

import org.jspecify.annotations.NullMarked;
