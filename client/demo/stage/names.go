package stage

// name is a part of a name: for a username, and as it is written at home.
type name struct{ latin, native string }

// family is a part of the world: its names and its telephone numbers.
type family struct {
	dial               string
	women, men, family []name
}

// families write their names in every way a table has to survive: from the
// right, with a zero-width non-joiner, two columns wide, and with accents that
// are a character of their own.
func families() []family {
	return []family{
		{
			dial:   "0912",
			women:  []name{{"sara", "سارا"}, {"maryam", "مریم"}, {"zahra", "زهرا"}, {"nasrin", "نسرین"}, {"parisa", "پریسا"}},
			men:    []name{{"ali", "علی"}, {"reza", "رضا"}, {"amirhossein", "امیر\u200cحسین"}, {"mehdi", "مهدی"}, {"kian", "کیان"}},
			family: []name{{"ahmadi", "احمدی"}, {"karimi", "کریمی"}, {"hosseini", "حسینی"}, {"mousavi", "موسوی"}, {"rezaei", "رضایی"}, {"nikzad", "نیک\u200cزاد"}},
		},
		{
			dial:   "+7916",
			women:  []name{{"anna", "Анна"}, {"olga", "Ольга"}, {"tatiana", "Татьяна"}, {"ksenia", "Ксения"}},
			men:    []name{{"ivan", "Иван"}, {"sergey", "Сергей"}, {"dmitry", "Дмитрий"}, {"fyodor", "Фёдор"}},
			family: []name{{"morozenko", "Морозенко"}, {"shevchuk", "Шевчук"}, {"chernykh", "Черных"}, {"zhivago", "Живаго"}, {"dolgikh", "Долгих"}},
		},
		{
			dial:   "+86139",
			women:  []name{{"lihua", "丽华"}, {"xiaomei", "小梅"}, {"fang", "芳"}},
			men:    []name{{"wei", "伟"}, {"jianguo", "建国"}, {"zihao", "子豪"}},
			family: []name{{"wang", "王"}, {"li", "李"}, {"zhang", "张"}, {"ouyang", "欧阳"}, {"chen", "陈"}},
		},
		{
			dial:   "+33612",
			women:  []name{{"zoe", "Zoe\u0308"}, {"chloe", "Chloé"}, {"katrin", "Katrin"}, {"francoise", "Franc\u0327oise"}},
			men:    []name{{"juergen", "Jürgen"}, {"rene", "Rene\u0301"}, {"bjoern", "Bjo\u0308rn"}, {"etienne", "Étienne"}},
			family: []name{{"mueller", "Müller"}, {"lefevre", "Lefe\u0300vre"}, {"strauss", "Strauß"}, {"schroeder", "Schro\u0308der"}, {"dupre", "Dupré"}},
		},
		{
			dial:   "+44770",
			women:  []name{{"emily", "Emily"}, {"grace", "Grace"}, {"siobhan", "Siobhan"}},
			men:    []name{{"oliver", "Oliver"}, {"jack", "Jack"}, {"henry", "Henry"}},
			family: []name{{"smith", "Smith"}, {"okafor", "Okafor"}, {"oneill", "O'Neill"}, {"harrington-blythe", "Harrington-Blythe"}, {"wood", "Wood"}},
		},
	}
}
