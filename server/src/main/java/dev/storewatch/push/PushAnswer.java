package dev.storewatch.push;

import java.util.List;

/**
 * What became of the items of a push: {@code received = added + repeated + replaced + rejected}.
 *
 * @param errors the first rejected items, each with the reason
 * @param moreErrors how many more items were rejected
 */
record PushAnswer(
    long received,
    long added,
    long repeated,
    long replaced,
    long rejected,
    List<Wrong> errors,
    long moreErrors) {
  /**
   * An item that was rejected.
   *
   * @param item its number, from 1
   * @param reason what is wrong, and what would be right
   * @param text the item, or its beginning
   */
  record Wrong(long item, String reason, String text) {}
}
