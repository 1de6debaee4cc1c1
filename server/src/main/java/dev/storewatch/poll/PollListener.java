package dev.storewatch.poll;

/**
 * Whoever is told which stores got polls or lost some, and from when on, whatever brought them or
 * took them away.
 */
public interface PollListener {
  /**
   * Called once a transaction that wrote or deleted polls is committed, by the thread that did so,
   * which brings no more polls meanwhile: it must not take long. What it throws is logged and stops
   * neither the polls nor the other listeners.
   *
   * <p>It is called by the process that wrote, and not at all when that process ends between the
   * commit and the call: a listener that keeps something has to find out at its start what it
   * missed.
   *
   * @param polls which stores, and from when on; at least one store
   */
  void written(WrittenPolls polls);
}
