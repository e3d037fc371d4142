from cleaner.overlap.documents.profiles import profiles_of


def profile_of(text):
    return next(profiles_of([text]))
