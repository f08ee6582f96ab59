package dev.millrace.tests.docs;

/** How blocks of one language are tried. */
interface Trial {
  /**
   * Tries a block, after those that stand before it on its page.
   *
   * @throws Exception also an {@link AssertionError}, if it does not do what the page says
   */
  void of(Block block) throws Exception;
}
