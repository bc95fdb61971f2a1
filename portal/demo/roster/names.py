"""Invented people’s names and addresses, as varied as a state’s payroll."""

FIRST = """Ada Aaliyah Alejandro Amara Ana Anaïs Andrés Anh Anthony Arjun Ashley Beatriz Benoît Björn Brandon Bridget
Camille Carmen Chidi Chloé Claire Connor Daniela David DeShawn Dmitri Eileen Elif Elena Elijah Emily Esperança Fatou
Fiona Gabriel George Grace Graça Hannah Hiroshi Ibrahim Imani Inés Isabel Ivan Jada Jamal James Jennifer Jin Joanna
Joaquín John José Joseph Julia Kaito Karen Keisha Kevin Khadija Laila Lars Latoya Leila Liam Linda Luís Lucía Maeve
Malik Manuel Margaret María Marie-Claire Mark Mary Maryam Matthew Mei Michael Mohammed Monique Nadia Nguyen Nicole
Noah Nora Olga Oluwaseun Omar Patricia Paul Pedro Peter Priya Rachel Rashid Raúl Robert Rosa Ruth Samuel Santiago
Sarah Sean Sergei Shanice Sinéad Sofía Soo-Jin Stephen Susan Tariq Teresa Thanh Thomas Tyrone Vera Victor Wei William
Ximena Yara Yusuf Zainab Zoë""".split()  # noqa: SIM905  # as a list it would be a page of quotes

LAST = [
    *"""Abdi Adeyemi Ahmed Alvarez Andrade Baker Barros Begum Bergström Boateng Bouchard Brennan Brooks Brown Burke
Cabral Carter Castillo Chaudhry Chen Clarke Cohen Collins Costa Cruz Cunningham Da-Silva Davis Delgado Desai Diallo
Doherty Doyle Dubois Duarte Ferreira Fitzgerald Fontaine Foster Freeman García Gomes Gonçalves González Goldberg Gray
Greene Gupta Haddad Hall Hernández Hoang Ibarra Ivanova Jackson Jean-Baptiste Jensen Johnson Kamara Kaur Kelley Khan
Kim Kowalczyk Krasniqi Lavoie Lee Lefèvre Lewis Lindqvist López Lynch MacDonald Mahoney Martínez McCarthy Medeiros
Mensah Miller Moreau Morales Murphy Müller Nakamura Nguyễn Novák Núñez Oliveira Okafor Okonkwo Osei Parker Patel
Pereira Pham Pierre Popescu Quinn Ramírez Reilly Reyes Ribeiro Rivera Robinson Rodríguez Romero Rossi Saint-Louis
Salazar Sánchez Santos Schmidt Sharma Shapiro Silva Singh Smith Smith-Jones Sousa Sullivan Takahashi Tavares Taylor
Thibault Tran Tremblay Turner Vega Villanueva Walker Walsh Washington White Williams Wójcik Wong Wright Yılmaz Young
Zhang""".split(),  # noqa: SIM905  # as above
    "O’Brien",
    "O'Connor",
    "D’Angelo",
    "N'Diaye",
    "de la Cruz",
    "van der Berg",
    "St. Pierre",
]

STREETS = """Maple Oak Washington Summer Highland Cedar Franklin Pleasant Lincoln School Park Chestnut Prospect Union
Spring Central Water Beacon Harvard Liberty""".split()  # noqa: SIM905  # as above
KINDS_OF_STREET = ("Street", "Avenue", "Road", "Lane", "Terrace")

# (city, ZIP Code): real towns, so that forms and sorting meet real lengths and zeros.
TOWNS = [
    ("Boston", "02108"),
    ("Boston", "02118"),
    ("Dorchester", "02122"),
    ("Cambridge", "02139"),
    ("Somerville", "02143"),
    ("Quincy", "02169"),
    ("Worcester", "01608"),
    ("Springfield", "01103"),
    ("Holyoke", "01040"),
    ("Pittsfield", "01201"),
    ("Lowell", "01852"),
    ("Lawrence", "01841"),
    ("Lynn", "01902"),
    ("Framingham", "01702"),
    ("Brockton", "02301"),
    ("Fall River", "02720"),
    ("New Bedford", "02740"),
    ("Plymouth", "02360"),
    ("Hyannis", "02601"),
    ("Manchester-by-the-Sea", "01944"),
]
