"""Differences planted in the examples: the edition and language changed, what was printed, what stands there now."""

from __future__ import annotations

Planted = tuple[str, str, str, str]

DATES: list[Planted] = [
    ("2030", "en", "in the first half of 2031, about", "in the second half of 2031, about"),
    ("2030", "en", "From 2031, identify", "From 2032, identify"),
    ("2030", "zh", "在2031/32學年完結前", "在2032/33學年完結前"),
    ("2030", "en", "by end-2031 to provide", "by mid-2031 to provide"),
    ("2030", "zh", "在2031年年中或之前", "在2031年年底或之前"),
    ("2030", "en", "within three years", "within five years"),
    ("2030", "zh", "目標在2030–31年度內", "目標在2031–32年度內"),
    ("2030", "en", "in or before 2032", "in or before 2034"),
    ("2030", "zh", "爭取在2031年第三季", "爭取在2031年第四季"),
    ("2030", "en", "in early 2033", "in late 2033"),
    ("2031", "zh", "在2032年第二季入伙", "在2032年第三季入伙"),
    ("2031", "en", "from April 2032, for", "from May 2032, for"),
    ("2031", "zh", "在2033年或之前縮短", "在2035年或之前縮短"),
    ("2031", "en", "by end-2033, with", "by mid-2033, with"),
    ("2031", "en", "before the 2033/34 school year", "before the 2034/35 school year"),
    ("2031", "zh", "在2034年或以前啟用", "由2034年起啟用"),
    ("2031", "en", "open in November 2031", "open in December 2031"),
    ("2031", "zh", "在2032年首季成立", "在2032年內成立"),
]

FIGURES: list[Planted] = [
    ("2030", "en", "about 1,200 flats", "about 1,300 flats"),
    ("2030", "zh", "不少於12公頃", "不多於12公頃"),
    ("2030", "zh", "三所鄰近新屋邨", "四所鄰近新屋邨"),
    ("2030", "en", "to 20 weeks", "to 22 weeks"),
    ("2030", "zh", "預留2億元", "預留3億元"),
    ("2030", "en", "no less than 120 public", "no less than 102 public"),
    ("2030", "en", "30,000 square metres", "30,000 square feet"),
    ("2030", "zh", "超過150 000人次", "超過160 000人次"),
    ("2030", "en", "48 to 40 micrograms", "48 to 42 micrograms"),
    ("2030", "zh", "增設25個公眾", "增設52個公眾"),
    ("2030", "en", "1,240 teachers", "1,420 teachers"),
    ("2030", "zh", "延長至20公里", "延長至21公里"),
    ("2031", "zh", "樓齡超過40年", "樓齡超過30年"),
    ("2031", "en", "quota of 5,000", "quota of 500"),
    ("2031", "zh", "港口費三成", "港口費兩成"),
    ("2031", "en", "to four in 2032-33", "to six in 2032-33"),
    ("2031", "zh", "3億5,000萬元", "3億元"),
    ("2031", "en", "allowance of $1,500", "allowance of $1,600"),
    ("2031", "en", "brings together 118", "brings together 128"),
    ("2031", "zh", "人次較2031年增加20%", "人次較2031年增加25%"),
    ("chamber", "zh", "注資 10 億元", "注資 1 億元"),
    ("chamber", "en", "no less than $2,000 a month", "no more than $2,000 a month"),
]

BODIES: list[Planted] = [
    ("2030", "zh", "1 200個單位。(房屋及土地局)", "1 200個單位。(工務局)"),
    ("2030", "en", "(Education Bureau, Works Bureau)", "(Education Bureau, Housing and Lands Bureau)"),
    ("2030", "zh", "日間外科服務。(衛生局)", "日間外科服務。(教育局)"),
    ("2030", "en", "in 2030-31. (Health Bureau, Environment Bureau)", "in 2030-31. (Health Bureau)"),
    ("2030", "en", "in Q3 2031. (Port and Transport Bureau)", "in Q3 2031. (Environment Bureau)"),
    ("2030", "zh", "預留2億元。(港口及運輸局)", "預留2億元。(港口及運輸局、環境局)"),
    ("2030", "zh", "落成。(創新及產業局)", "落成。(房屋及土地局)"),
    ("2030", "en", "may take part. (Tourism and Culture Bureau)", "may take part. (Works Bureau)"),
    ("2030", "zh", "公眾充電站。(環境局)", "公眾充電站。(港口及運輸局)"),
    ("2031", "zh", "(房屋及土地局、消防署)", "(房屋及土地局、工務局)"),
    ("2031", "en", "(Health and Welfare Bureau)", "(Health Bureau)"),
    ("2031", "zh", "創新及產業局)", "數碼事務局)"),
    ("2031", "en", "before 2034. (Tourism and Culture Bureau, Works Bureau)", "before 2034. (Works Bureau)"),
    ("2031", "en", "school year. (Education Bureau, Digital", "school year. (Health Bureau, Digital"),
    ("2031", "en", "20 km within 2031. (Housing and Lands Bureau)", "20 km within 2031. (Works Bureau)"),
]

STATUSES: list[Planted] = [
    ("2030", "zh", "完成執行。研究", "符合進度。研究"),
    ("2030", "en", "In progress. The mean", "On schedule. The mean"),
    ("2030", "zh", "目標提前完成。", "完成執行。"),
    ("2030", "en", "Target exceeded. 1,240", "Completed. 1,240"),
    ("2030", "en", "On schedule. As at", "In progress. As at"),
    ("2031", "zh", "完成執行。首批", "進行中。首批"),
    ("2031", "en", "On schedule. The clinic", "Completed. The clinic"),
    ("2031", "zh", "完成執行。程式", "符合進度。程式"),
    ("2031", "en", "In progress. As security", "Completed. As security"),
    ("2031", "zh", "目標超額完成。活動", "完成執行。活動"),
    ("2031", "en", "On schedule. 20 secondary", "Target exceeded. 20 secondary"),
    ("2031", "zh", "進行中。2030年全年", "完成執行。2030年全年"),
    ("2031", "en", "On schedule. As at", "In progress. As at"),
]

# The edition, the language, and how the line begins that is taken out.
MISSING: list[tuple[str, str, str]] = [
    ("2030", "zh", "- 在2031年上半年推出"),
    ("2030", "en", "- Add classrooms to three"),
    ("2030", "zh", "- 研究為65歲或以上"),
    ("2030", "en", "- Strive to sign"),
    ("2030", "en", "- Continue to subsidise"),
    ("2030", "zh", "- 在2030年年底前推出「一點通」"),
    ("2030", "en", "Expand the Innovation Park"),
    ("2030", "zh", "- 擴大「古船塢」"),
    ("2030", "en", "3\tProvide training"),
    ("2030", "zh", "1\t在2030年內完成北環線"),
    ("2031", "zh", "- 推出「護老同行」"),
    ("2031", "en", "- Study the development of hydrogen"),
    ("2031", "zh", "- 在2032年首季成立"),
    ("2031", "en", "- Build the Floating Theatre"),
    ("2031", "en", "4\tHold the Lighthouse"),
    ("2031", "zh", "2\t在2031年內把海濱步道"),
    ("chamber", "en", "- Waive port dues"),
    ("chamber", "en", "- Abolish the hotel"),
]

# The edition, the language, and how two lines begin that change places.
SWAPPED: list[tuple[str, str, str, str]] = [
    ("2030", "zh", "- 在2031年上半年推出", "- 由2031年起，每年"),
    ("2030", "en", "- From 2031, identify", "- Add classrooms"),
    ("2030", "en", "- Set up the first community", "- Study free dental"),
    ("2030", "zh", "- 研究為65歲", "- 在三年內把"),
    ("2030", "zh", "- 在2032年或之前完成東碼頭", "- 繼續資助本地船公司"),
    ("2030", "en", "- Fully implement the electronic", "- Promote teaching"),
    ("2030", "zh", "- 在2031年首季公布", "- 擴大「古船塢」"),
    ("2031", "en", "- Hand over the first", "- Amend the Building"),
    ("2031", "zh", "- 由2032年4月起", "- 把精神科門診"),
    ("2031", "en", "- Implement the green", "- Study the development of hydrogen"),
    ("2031", "zh", "- 在2032年內在所有政府部門", "- 在2032年首季成立"),
    ("2031", "en", "- Hold the Lighthouse Festival again", "- Build the Floating"),
    ("2031", "zh", "- 全面落實《澄灣旅遊", "- 再次舉辦"),
    ("chamber", "en", "- Waive port dues", "- Set up a Port Innovation"),
]
