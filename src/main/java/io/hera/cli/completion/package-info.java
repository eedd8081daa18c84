/** {@code hera completion}: has a shell complete commands, options and names. */
@NullMarked
package io.hera.cli.completion;

import org.jspecify.annotations.NullMarked;
