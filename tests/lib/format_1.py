"""Summaries as release 0.1.0 wrote them, in format version 1, which all later releases read.

These are constants: never make them anew. Of each: its type, the rows it was made of (None for a state
on its way, which also holds settings), its text, its binary form in hexadecimal digits, and what it
tells, counted by hand; a key without parentheses is the name of a function of the summary s.
"""

WRITTEN = [
    ("survey_summary",
     "survey_agg(x) FROM unnest('{9,10,10,7,3}'::integer[]) x",
     '{"version":1,"scores":{"3":1,"7":1,"9":1,"10":2}}',
     "0100000000000000000000000000000000000000000000000000000000000000000001000000000000000000000000000000"
     "00000000000000000000000000000000010000000000000000000000000000000100000000000000020000",
     {"nps": "40", "ces": "7.8", "csat": "80", "responses": "5"}),
    ("survey_summary",
     None,
     '{"version":1,"threshold":4.5,"scores":{"0":1,"4.25":1,"4.5":1,"5":1,"9.75":1}}',
     "0101401200000000000000000000000000000100000000000000000000000000000000000000000000000000000000000000"
     "0000000000000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "0300000000000383f8f62ee6f1ec4000000000000000000001000000000003b8e97d229a2d54800000000000000000000100"
     "000000000810a48f204e0ce1c000000000000000000001",
     {"csat": "60"}),
    ("survey_summary",
     None,
     '{"version":1,"confidence":0.9,"scores":{"1":1,"8":1,"10":2}}',
     "0100013feccccccccccccd000000000000000000000000000000010000000000000000000000000000000000000000000000"
     "0000000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000200"
     "00",
     {"nps": "25", "nps_ci(s) = nps_ci(s, 0.9)": "true"}),
    ("survey_summary",
     None,
     '{"version":1,"threshold":4.0,"confidence":0.9,"scores":{"1":1,"4":1,"5":2}}',
     "01014010000000000000013feccccccccccccd00000000000000000000000000000001000000000000000000000000000000"
     "0000000000000000010000000000000002000000000000000000000000000000000000000000000000000000000000000000"
     "000000000000000000",
     {"csat": "75", "csat_ci(s) = csat_ci(s, 4, 0.9)": "true"}),
    ("survey_summary",
     "survey_agg(x * 0.01) FROM generate_series(1, 102) x",
     '{"version":1,"scores":{"1":1},"between":{"0":99,"1":2},"fraction_sum":"51.53","reached":0}',
     "0100000000000000000000000000000000000100000000000000000000000000000000000000000000000000000000000000"
     "0000000000000000000000000000000000000000000000000000000000000000000000000000000000010000000000000063"
     "0000000000000002000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "0000000000000000000000000000000000000000000000000000002a9fe6e5bc96fdfa4000000000000000000000",
     {"nps": "-100", "ces": "52.53 / 102", "csat(s, 1)": "300 / 102.0", "responses": "102"}),
    ("survey_summary",
     None,
     '{"version":1,"threshold":0.5,"scores":{"1":1},"between":{"0":99,"1":2},"fraction_sum":"51.53","reach'
     'ed":52}',
     "01013fe000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000"
     "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001"
     "0000000000000063000000000000000200000000000000000000000000000000000000000000000000000000000000000000"
     "00000000000000000000000000000000000000000000000000000000000000000000002a9fe6e5bc96fdfa40000000000000"
     "00000034",
     {"csat": "5300 / 102.0"}),
    ("rate_summary",
     "rate_agg(x) FROM unnest('{t,t,t,f,NULL}'::boolean[]) x",
     '{"version":1,"hits":3,"total":4}',
     "010000000000000000030000000000000004",
     {"rate": "75", "hits": "3", "total": "4"}),
    ("rate_summary",
     None,
     '{"version":1,"confidence":0.9,"hits":1,"total":2}',
     "01013feccccccccccccd00000000000000010000000000000002",
     {"rate": "50", "rate_ci(s) = rate_ci(s, 0.9)": "true"}),
    ("duration_summary",
     "duration_agg(x * interval '1 minute') FROM unnest('{1,2,6,30}'::integer[]) x",
     '{"version":1,"durations":[60000000,120000000,360000000,1800000000]}',
     "010000000000000000000400000000039387000000000007270e000000000015752a00000000006b49d200",
     {"avg_duration": "interval '9 minutes 45 seconds'", "median_duration": "interval '4 minutes'", "total_duration": "interval '39 minutes'", "within_rate(s, '2 minutes')": "50"}),
    ("duration_summary",
     None,
     '{"version":1,"fraction":0.25,"durations":[60000000,120000000,360000000,1800000000,3660000000]}',
     "01013fd000000000000000000000000000000500000000039387000000000007270e000000000015752a00000000006b49d2"
     "0000000000da272b00",
     {"duration_percentile": "interval '2 minutes'", "max_duration": "interval '61 minutes'"}),
    ("duration_summary",
     "duration_agg(x % 3 * interval '1 minute') FROM generate_series(1, 501) x",
     '{"version":1,"histogram":{"count":501,"total":"30060000000","squares":"3006000000000000000","min":0,'
     '"max":120000000,"at_min":167,"at_max":167,"buckets":[[0,167],[2532,167],[2660,167]]}}',
     "01000100000000000001f5000000000000000000000006ffb733000000000000000000000000000000000029b77512d2d300"
     "0000000000000000000000000007270e0000000000000000a700000000000000a70000000000000003000000000000000000"
     "a709e400000000000000a70a6400000000000000a7",
     {"avg_duration": "interval '1 minute'", "num_durations": "501", "max_duration": "interval '2 minutes'", "abs(extract(epoch FROM median_duration(s)) - 60) <= 0.6": "true"}),
    ("session_summary",
     "session_agg(x, '30 minutes') FROM unnest('{2024-01-01 00:00+00,2024-01-01 00:20+00,2024-01-01 08:00+"
     "00,1999-12-31 23:00+00}'::timestamptz[]) x",
     '{"version":1,"gap":1800000000,"sessions":[[-3600000000,-3600000000],[757382400000000,757383600000000'
     "],[757411200000000,757411200000000]]}",
     "01000000006b49d2000000000000000003ffffffff296c5c00ffffffff296c5c000002b0d5d4e940000002b0d61c6fcc0000"
     "02b0dc898660000002b0dc89866000",
     {"session_count": "3", "avg_session_duration": "interval '6 minutes 40 seconds'"}),
    ("active_users_summary",
     "active_users_agg(x) FROM unnest('{5,-9000000000,5,7}'::bigint[]) x",
     '{"version":1,"kind":"integer","ids":[-9000000000,5,7]}',
     "0101000000000000000000000000000000037ffffffde78ee60080000000000000058000000000000007",
     {"active_users": "3"}),
    ("active_users_summary",
     "active_users_agg(x) FROM unnest('{5,6,7,8,9,12,500,70000}'::bigint[]) x",
     '{"version":1,"kind":"integer","ids":[[5,9],12,500,70000]}',
     "0101000000000000000100000000000000010000800000000000000000000000000700050006000700080009000c01f48000"
     "000000011170",
     {"active_users": "8"}),
    ("active_users_summary",
     "active_users_agg(x::bigint) FROM generate_series(0, 8191) x",
     '{"version":1,"kind":"integer","ids":[[0,8191]]}',
     "01010000000000000001000000000000000000008000000000000000000000002000" + "ff" * 1024 + "00" * 7168,
     {"active_users": "8192"}),
    ("active_users_summary",
     "active_users_agg(x) FROM unnest(ARRAY['ada','ben','','Ökonom']) x",
     '{"version":1,"kind":"text","hashes":[3244421341483603138,7574285342802214959,8017360449174559616,177'
     "63394892563072931]}",
     "0103000000000000000000000000000000042d06800538d394c2691d4463952c802f6f4362d9c950db80f684418a5035c7a3",
     {"active_users": "4"}),
    ("active_users_summary",
     "active_users_agg(x) FROM unnest('{00000000-0000-0000-0000-000000000001,ffffffff-ffff-ffff-ffff-fffff"
     "fffffff}'::uuid[]) x",
     '{"version":1,"kind":"uuid","hashes":[4706896644969173947,8226423055709418259]}',
     "0102000000000000000000000000000000024152418f75dd93bb722a202f07a4b313",
     {"active_users": "2"}),
    ("retention_summary",
     "retention_agg(a, b, '2024-01-01', '2024-02-01') FROM (VALUES (date '2023-05-01', NULL::date), ('2023"
     "-05-01', '2024-01-31'), ('2024-01-05', '2024-01-20'), ('2024-01-06', NULL), ('2022-01-01', '2023-01-"
     "01')) v(a, b)",
     '{"version":1,"period":[757382400000000,760060800000000],"at_start":2,"new":2,"churned":1,"churned_ne'
     'w":1,"outside":1}',
     "01010002b0d5d4e940000002b34571fde0000000000000000000020000000000000002000000000000000100000000000000"
     "010000000000000001",
     {"customers_at_start": "2", "new_customers": "2", "churned_customers": "1", "churned_new_customers": "1", "customers_at_end": "2"}),
    ("retention_summary",
     None,
     '{"version":1,"kind":"instant","period":[757382400000000,760060800000000],"new_churn":"both","at_star'
     't":1,"new":1,"churned_new":1}',
     "01020002b0d5d4e940000002b34571fde0000300000000000000010000000000000001000000000000000000000000000000"
     "010000000000000000",
     {"churn_rate": "50"}),
    ("retention_summary",
     "retention_agg(a, b) FROM (VALUES (true, false), (true, true), (false, true)) v(a, b)",
     '{"version":1,"at_start":2,"new":1,"churned":1,"churned_new":1}',
     "01000000000000000000020000000000000001000000000000000100000000000000010000000000000000",
     {"customers_at_start": "2", "customers_at_end": "1", "churn_rate": "100"}),
    ("revenue_summary",
     "recurring_revenue_agg(a, b::interval) FROM (VALUES (1200, '1 year'), (10.10, '1 month'), (7, '7 days"
     "')) v(a, b)",
     '{"version":1,"kind":"recurring","amounts":3,"sum":"421.3","over":"3"}',
     "010100000000000000030000000000000000000000000000000300000201a50bb8",
     {"trim_scale(round(mrr(s), 10))": "round(100 + 10.10 + 7 * 52 / 12.0, 10)"}),
    ("revenue_summary",
     "expansion_revenue_agg(a, b) FROM (VALUES (99.5, false), (1e20, false), (3, true)) v(a, b)",
     '{"version":1,"kind":"expansion","amounts":3,"sum":"100000000000000000099.5"}',
     "01020000000000000003000000000000000000000000000000010005070001000000000000000000631388",
     {"expansion_revenue": "100000000000000000099.5"}),
    ("mrr_summary",
     "mrr_agg(a, b, c) FROM (VALUES (100, 100.00, false), (0, 50, false), (NULL, 25, true), (40, 60, false"
     "), (30.5, 10, false), (80, 0, false)) v(a, b, c)",
     '{"version":1,"rows":6,"customers":{"opening":4,"new":1,"reactivation":1,"expansion":1,"contraction":'
     '1,"churned":1},"mrr":{"opening":"250.5","new":"50","reactivation":"25","expansion":"20","contraction'
     '":"20.5","churned":"80"}}',
     "0100000000000000060000000000000004000000000000000100000000000000010000000000000001000000000000000100"
     "000000000000010000000200fa13880032000000190000001400000014138800500000",
     {"opening_mrr": "250.5", "new_mrr": "50", "reactivation_mrr": "25", "expansion_mrr": "20", "contraction_mrr": "20.5", "churned_mrr": "80", "closing_mrr": "245", "nrr": "100 * 170 / 250.5"}),
    ("subscription_summary",
     "subscription_agg(a, b, c) FROM (VALUES (49.99, date '2024-01-15', date '2024-03-01'), (5, '2024-02-0"
     "1', NULL)) v(a, b, c)",
     '{"version":1,"kind":"local","subscriptions":[[758592000000000,762566400000000,"49.99"],[760060800000'
     '000,null,"5"]]}',
     "010100000000000000020002b1ef76b080000002b58cd363c00000000000000000000000000000001387fffe0002b34571fd"
     "e0007fffffffffffffff000000000000000000000000000000050000",
     {}),
    ("subscription_summary",
     "subscription_agg(a, b, c) FROM (VALUES (0.10, timestamptz '2024-01-15 12:00+00', timestamptz '2024-0"
     "3-01 00:00+00')) v(a, b, c)",
     '{"version":1,"kind":"instant","subscriptions":[[758635200000000,762566400000000,"0.1"]]}',
     "010200000000000000010002b1f9859c30000002b58cd363c00000000000000000000000000000000001ffff",
     {}),
    ("rfm_summary",
     "rfm_agg(a, b) FROM (VALUES (date '2024-01-01', 10), ('2024-01-01', 5.5), ('2024-01-11', 20), ('2024-"
     "01-31', 40)) v(a, b)",
     '{"version":1,"orders":4,"revenue":"75.5","first_day_revenue":"15.5","days":[8766,8776,8796]}',
     "01000000000000000004000437352e35000431352e3500000000000000030000223e000022480000225c",
     {"rfm_frequency": "2", "rfm_revenue": "75.5", "rfm_monetary_value": "30"}),
    ("rfm_summary",
     "rfm_agg(a, b, 'Asia/Tokyo') FROM (VALUES (timestamptz '2024-01-01 20:00+00', 10), ('2024-01-02 10:00"
     "+00', 5)) v(a, b)",
     '{"version":1,"time_zone":"Asia/Tokyo","orders":2,"revenue":"15","first_day_revenue":"15","days":[8767]}',
     "010a417369612f546f6b796f0000000000000002000231350002313500000000000000010000223f",
     {"rfm_frequency": "0", "rfm_revenue": "15"}),
    ("health_summary",
     "health_agg(x) FROM unnest('{10,60.5,90,100}'::numeric[]) x",
     '{"version":1,"bands":[{"band":"red","from":"0","customers":1},{"band":"yellow","from":"51","customer'
     's":1},{"band":"green","from":"76","customers":2}],"sum":"260.5"}',
     "010301300372656400000000000000010235310679656c6c6f77000000000000000102373605677265656e00000000000000"
     "0200000201041388",
     {"customers": "4", "avg_health_score": "65.125", "band_customers(s, 'green')": "2"}),
    ("health_summary",
     """health_agg(x, '{"low": 0, "höher": 39.95}'::jsonb) FROM unnest('{10,39.95,90}'::numeric[]) x""",
     '{"version":1,"bands":[{"band":"low","from":"0","customers":1},{"band":"h\\u00f6her","from":"39.95","c'
     'ustomers":2}],"sum":"139.95"}',
     "01020130036c6f7700000000000000010533392e39350668c3b66865720000000000000002000002008b251c",
     {"customers": "3", "avg_health_score": "46.65", "band_customers(s, 'höher')": "2"}),
    ("sentiment_summary",
     "sentiment_agg(x) FROM unnest(ARRAY['good','bad','','good']) x",
     '{"version":1,"positive":2,"neutral":1,"negative":1,"sum":"0.3385"}',
     "010000000000000002000000000000000100000000000000010000000000000d39",
     {"comments": "4", "positive_feedback_rate": "50", "avg_sentiment": "(2 * 0.4404 - 0.5423) / 4"}),]
