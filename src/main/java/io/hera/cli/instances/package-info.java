/** Commands on services and instances: {@code ls}, {@code get}, {@code put}, {@code rm} and {@code drain}. */
@NullMarked
package io.hera.cli.instances;

import org.jspecify.annotations.NullMarked;
