package dev.millrace.cli.demo;

/**
 * A question that an analyst has, and its SQL.
 *
 * @param sql takes the schema of the views with one row per event as its only {@code %s}
 */
enum AnalystQuery {
  BEST_SELLERS(
      "What sells best? (joins the products, a child table, to their orders)",
      """
      select p.name as product, sum(p.quantity) as sold,
             sum(p.quantity * p.price)::decimal(12, 2) as revenue,
             count(distinct o.user_id) as buyers
      from %1$s.order_completed as o
      join %1$s.order_completed__properties__products as p on p._dlt_parent_id = o._dlt_id
      group by all order by revenue desc"""),
  PIPELINES(
      "How do pipeline loads do, by destination?",
      """
      select properties__destination_name as destination, count(*) as loads,
             round(100 * avg(properties__success::int), 1) as success_percent,
             round(avg(properties__elapsed), 1) as mean_seconds
      from %1$s.pipeline_load
      group by all order by loads desc"""),
  PAGE_VIEWS(
      "Who looks at pages? (joins page views to what identify calls say)",
      """
      select coalesce(who.plan, 'not signed in') as plan, count(*) as page_views,
             count(distinct pages.anonymous_id) as visitors
      from %1$s.pages
      left join (select user_id, arg_max(traits__plan, timestamp) as plan
                 from %1$s.identifies group by user_id) as who using (user_id)
      group by all order by page_views desc""");

  private final String question;
  private final String sql;

  AnalystQuery(String question, String sql) {
    this.question = question;
    this.sql = sql;
  }

  String question() {
    return question;
  }

  String sql(String uniqueSchema) {
    return sql.formatted(uniqueSchema);
  }
}
