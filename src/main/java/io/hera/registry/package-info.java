/** Placeholder. */
@org.jspecify.annotations.NullMarked
package io.hera.registry;
