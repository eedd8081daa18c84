/**
 * The history of the node for clients: {@code /_events} as a list and as a stream, and one event with its documents.
 */
@NullMarked
package io.hera.http.history;

import org.jspecify.annotations.NullMarked;
