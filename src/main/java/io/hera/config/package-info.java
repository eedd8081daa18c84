/**
 * The configuration of a node. {@link io.hera.config.Settings} is the table of all settings, {@link io.hera.config.Config}
 * their values, {@link io.hera.config.ConfigLoader} reads them, {@link io.hera.config.ConfigWatch} follows the file while
 * the node runs.
 */
@NullMarked
package io.hera.config;

import org.jspecify.annotations.NullMarked;
