/**
 * What operators and their tools use: health, status, metrics, targets for Prometheus, and the description of the API. One class
 * per endpoint.
 */
@NullMarked
package io.hera.http.ops;

import org.jspecify.annotations.NullMarked;
