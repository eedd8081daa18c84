/**
 * A JSON toolkit (RFC 8259) in plain Java: scanner, checker, cursors, writer, pointer.
 *
 * <ul>
 *   <li>{@link io.hera.json.JsonScanner} reads tokens from bytes.
 *   <li>{@link io.hera.json.JsonChecker} checks the grammar, and {@link io.hera.json.Documents}
 *       checks a document that a client puts.
 *   <li>{@link io.hera.json.ObjectCursor} walks through an object that was checked before, and
 *       {@link io.hera.json.LooseCursor} through one that was not.
 *   <li>{@link io.hera.json.ValueSearch} finds a text in the values of documents.
 *   <li>{@link io.hera.json.CanonicalForm} tells whether two objects have the same content.
 *   <li>{@link io.hera.json.JsonWriter} and {@link io.hera.json.PrettyPrinter} write JSON.
 * </ul>
 *
 * <p>The only exception is {@link io.hera.json.Malformed}. No class here knows anything of Hera.
 */
@NullMarked
package io.hera.json;

import org.jspecify.annotations.NullMarked;
