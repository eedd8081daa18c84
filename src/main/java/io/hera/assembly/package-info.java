/** What composes the parts of a node: their settings, its endpoints, its TLS. */
@NullMarked
package io.hera.assembly;

import org.jspecify.annotations.NullMarked;
