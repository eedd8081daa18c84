/**
 * Holds README.md and {@code src/site/markdown} to what the code does: rules, classes, links,
 * commands and examples.
 */
@org.jspecify.annotations.NullMarked
package io.hera.docs;
