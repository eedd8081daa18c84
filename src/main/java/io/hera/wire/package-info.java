/** How digests, deltas and documents are written down. */
@NullMarked
package io.hera.wire;

import org.jspecify.annotations.NullMarked;
