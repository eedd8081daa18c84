/** Commands on everything at once: {@code export} and {@code import}. */
@NullMarked
package io.hera.cli.bulk;

import org.jspecify.annotations.NullMarked;
