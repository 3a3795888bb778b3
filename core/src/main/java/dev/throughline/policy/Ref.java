// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

/**
 * Where a rule comes from.
 *
 * @param law the law, decree or norm
 * @param article the article
 * @param confidence how well the source was read
 * @param url the page that was read; empty if none is named
 * @param note what else must be known; empty if nothing
 */
public record Ref(String law, String article, Confidence confidence, String url, String note) {}
