/**
 * Where settings are written: sources (YAML, options, environment variables) become {@link
 * io.hera.config.source.RawValue}s with their places, and a {@link io.hera.config.source.ValueType} makes a typed value of
 * one, or {@link io.hera.config.source.Fault}s. Knows nothing of which settings exist.
 */
@NullMarked
package io.hera.config.source;

import org.jspecify.annotations.NullMarked;
