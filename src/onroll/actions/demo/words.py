"""Names for people and schools that do not exist."""

SCHOOLS = (
    "Elm Grove", "Larkfield", "Brookside", "Stonebridge", "Hawthorn Hill", "Meadowbank", "Ashdown", "Riverside",
    "Foxley", "Beacon Rise", "Willowmere", "Oakhanger", "Kingsmead", "Thornbury Vale", "Millpond", "Harewood",
)  # fmt: skip
KINDS = ("School", "Academy", "High School", "Community College")
FORENAMES = (
    "Aaliyah", "Adam", "Aisha", "Alfie", "Amara", "Amelia", "Anya", "Archie", "Ava", "Bilal", "Callum", "Charlotte",
    "Chidi", "Daisy", "Dylan", "Edie", "Elliot", "Emre", "Erin", "Ethan", "Evie", "Farah", "Finlay", "Freya",
    "George", "Grace", "Hamza", "Hannah", "Harriet", "Idris", "Imogen", "Isaac", "Isla", "Jamal", "Jasmine",
    "Jonah", "Kai", "Keira", "Leila", "Leo", "Lily", "Luca", "Maisie", "Mateusz", "Mia", "Mohammed", "Nadia",
    "Niamh", "Noah", "Olive", "Omar", "Oscar", "Poppy", "Priya", "Reece", "Rhys", "Rosa", "Ruby", "Samir",
    "Saoirse", "Seren", "Siân", "Sofia", "Tariq", "Thea", "Toby", "Tomos", "Uma", "Violet", "William", "Xanthe",
    "Yusuf", "Zainab", "Zara", "Zoë",
)  # fmt: skip
SURNAMES = (
    "Abara", "Ahmed", "Baptiste", "Barlow", "Begum", "Bishop", "Boateng", "Calder", "Carver", "Chowdhury", "Cole",
    "Crane", "D'Arcy", "Dhillon", "Eze", "Fairley", "Farrow", "Finch", "Gill", "Grantham", "Hale", "Hargreave",
    "Hussain", "Ibsen", "Jarvis", "Kaur", "Kendrick", "Khan", "Kowalska", "Lamb", "Lowther", "Malik", "Marsh",
    "McAllister", "Mensah", "Moss", "Nightingale", "Nowak", "O'Brien", "Okafor", "Oyelaran", "Partridge", "Patel",
    "Penrose", "Pike", "Quill", "Rahman", "Redfern", "Rowe", "Sadler", "Shaw", "Sidhu", "Smythe-Lee", "Sorrell",
    "Stirling", "Tanner", "Thorne", "Underhill", "Vance", "Wainwright", "Ward", "Whitlock", "Wójcik", "Yardley",
    "Yeo",
)  # fmt: skip
STAFF = (
    "Amina Yusuf", "Ben Hollis", "Carys Pugh", "Dev Anand", "Esther Cole", "Femi Adeyemi", "Gwen Harker", "Hal Osborne",
    "Ines Duarte", "Joan Pickett", "Kit Marlow", "Lena Fischer", "Moira Kane",
)  # fmt: skip
TUTORS = ("Ash", "Beech", "Cedar", "Elder", "Hazel", "Oak", "Rowan", "Yew")
RELATIONSHIPS = ("Mother", "Father", "Mother", "Father", "Grandmother", "Carer")
