/** Floor 0: the registry itself, plain Java. */
@NullMarked
package io.hera.registry;

import org.jspecify.annotations.NullMarked;
