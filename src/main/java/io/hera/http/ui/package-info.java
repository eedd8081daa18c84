/**
 * The page for browsers under {@code /_ui/}: its files, as they lie in the jar, and the way there from {@code /}. The page itself is in
 * {@code src/main/ui}, and knows nothing but the API.
 */
@NullMarked
package io.hera.http.ui;

import org.jspecify.annotations.NullMarked;
